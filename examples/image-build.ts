import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  AwsProviderVersion,
  Dockerfile,
  GitSource,
  ImageBuild,
  ImageTags,
  Repository,
} from "@groundwork/constructs/aws";
import { App, TerraformStack } from "cdktf";

// The two repositories of a web application, and the builds of their images. After `cdktf deploy`: groundwork images build example
const app = new App();
const stack = new TerraformStack(app, "example");
new AwsProvider(stack, "aws", { region: "ap-northeast-2" });
AwsProviderVersion.require(stack, AwsProviderVersion.DEFAULT);

const backend = new Repository(stack, "Backend", { imageTags: ImageTags.mutable() });
new ImageBuild(stack, "BackendBuild", {
  repository: backend,
  source: GitSource.of("https://github.com/joozero/amazon-eks-flask.git", "ca9e9d4566bdb757fa5dd31c402c15629962c364"),
  tag: "latest",
});

// The Dockerfile of this source expects a directory that npm builds: the text does both.
const frontend = new Repository(stack, "Frontend");
new ImageBuild(stack, "FrontendBuild", {
  repository: frontend,
  source: GitSource.of("https://github.com/joozero/amazon-eks-frontend.git", "main"),
  dockerfile: Dockerfile.ofText(`FROM public.ecr.aws/docker/library/node:22-alpine AS build
WORKDIR /app
COPY . .
RUN npm ci && npm run build
FROM public.ecr.aws/docker/library/nginx:1.28-alpine
COPY --from=build /app/build /app/build
COPY nginx.conf /etc/nginx/conf.d/default.conf`),
});

app.synth();
