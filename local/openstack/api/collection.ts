import type { JsonObject } from "../../http/json";
import type { Kind, Row, Store } from "../store";
import { type Call, param, type Route } from "./call";
import { listing, type ListingProps } from "./listing";

/**
 * A REST collection: objects of one kind that are listed, read, created, updated and deleted under one path. The cloud does not
 * offer an operation that is left out.
 */
export interface Collection<T extends Row> extends ListingProps {
  readonly kind: Kind<T>;
  readonly path: string;
  /** JSON key of one object. */
  readonly singular: string;
  /** JSON key of a list. */
  readonly plural: string;
  /** Representation of an object in lists and in responses to POST and PUT. @default - as it is stored */
  readonly view?: (row: T) => JsonObject;
  /** Representation of an object that is read by its id. @default - `view` */
  readonly detail?: (row: T) => JsonObject;
  /** Whether an object can be read by its id. @default true */
  readonly readable?: boolean;
  /** Called after an object was returned to a client, in addition to counting the poll of the object itself. */
  readonly onPoll?: (row: T) => void;
  readonly create?: (call: Call) => T;
  readonly update?: (call: Call, row: T) => T;
  readonly remove?: (row: T, call: Call) => void;
}

/** The routes of a collection. */
export function collection<T extends Row>(store: Store, props: Collection<T>): readonly Route[] {
  const { kind, path, singular, plural, view = (row: T): JsonObject => row, detail = view } = props;
  const { create, update, remove } = props;
  const poll = (row: T): void => {
    store.recordPoll(kind, row.id);
    props.onPoll?.(row);
  };
  const routes: Route[] = [
    {
      method: "GET",
      path,
      handle: (call) => {
        const rows = store.all(kind);
        const body = { [plural]: listing(call, rows.map(view), props) };
        rows.forEach(poll);
        return { body };
      },
    },
  ];
  const read = (call: Call): { body: JsonObject } => {
    const row = store.get(kind, param(call));
    const body = { [singular]: detail(row) };
    poll(row);
    return { body };
  };
  if (props.readable !== false) routes.push({ method: "GET", path: `${path}/:id`, handle: read });
  if (create !== undefined)
    routes.push({ method: "POST", path, handle: (call) => ({ body: { [singular]: view(create(call)) } }) });
  if (update !== undefined)
    routes.push({
      method: "PUT",
      path: `${path}/:id`,
      handle: (call) => ({ body: { [singular]: view(update(call, store.get(kind, param(call)))) } }),
    });
  if (remove !== undefined)
    routes.push({
      method: "DELETE",
      path: `${path}/:id`,
      handle: (call) => {
        remove(store.get(kind, param(call)), call);
        return {};
      },
    });
  return routes;
}
