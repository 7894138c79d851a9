import { App } from "cdktf";
import { compose } from "./application";
import { environments } from "./environments";

export const app = new App();
compose(app, environments);
app.synth();
