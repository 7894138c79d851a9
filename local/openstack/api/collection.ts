import type { JsonObject } from "../../http/json";
import type { Kind, Row, World } from "../store";
import { type Call, param, type Route } from "./call";
import { listing, type ListingProps } from "./listing";

/** Objects that are listed, read, made, changed and taken away at one path. What is left out, the cloud does not offer. */
export interface Collection<T extends Row> extends ListingProps {
  readonly kind: Kind<T>;
  readonly path: string;
  /** The key of one and of many in JSON. */
  readonly one: string;
  readonly many: string;
  /** How an object is shown in lists and to those who made it. @default - as it is kept */
  readonly view?: (row: T) => JsonObject;
  /** How it is shown to those who ask for it by its id. @default - as everywhere */
  readonly detail?: (row: T) => JsonObject;
  /** @default true */
  readonly readable?: boolean;
  /** What else a look at it sets going. */
  readonly looked?: (row: T) => void;
  readonly create?: (call: Call) => T;
  readonly update?: (call: Call, row: T) => T;
  readonly remove?: (row: T, call: Call) => void;
}

/** The routes of a collection. */
export function collection<T extends Row>(world: World, props: Collection<T>): readonly Route[] {
  const { kind, path, one, many, view = (row: T): JsonObject => row, detail = view, create, update, remove } = props;
  const look = (row: T): void => {
    world.looked(kind, row.id);
    props.looked?.(row);
  };
  const routes: Route[] = [
    {
      method: "GET",
      path,
      answer: (call) => {
        const rows = world.all(kind);
        const body = { [many]: listing(call, rows.map(view), props) };
        rows.forEach(look);
        return { body };
      },
    },
  ];
  const read = (call: Call): { body: JsonObject } => {
    const row = world.get(kind, param(call));
    const body = { [one]: detail(row) };
    look(row);
    return { body };
  };
  if (props.readable !== false) routes.push({ method: "GET", path: `${path}/:id`, answer: read });
  if (create !== undefined)
    routes.push({ method: "POST", path, answer: (call) => ({ body: { [one]: view(create(call)) } }) });
  if (update !== undefined)
    routes.push({
      method: "PUT",
      path: `${path}/:id`,
      answer: (call) => ({ body: { [one]: view(update(call, world.get(kind, param(call)))) } }),
    });
  if (remove !== undefined)
    routes.push({
      method: "DELETE",
      path: `${path}/:id`,
      answer: (call) => {
        remove(world.get(kind, param(call)), call);
        return {};
      },
    });
  return routes;
}
