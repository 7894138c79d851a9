import { Kind, type Row, Store } from "@groundwork/local/openstack/store";

interface Thing extends Row {
  readonly name: string;
  readonly status: string;
}

const THINGS = new Kind<Thing>("Thing");

function storeWith(...ids: readonly string[]): Store {
  const store = new Store();
  for (const id of ids) store.add(THINGS, { id, name: `n${id}`, status: "BUILD" });
  return store;
}

describe("the store", () => {
  test("rejects an unknown id with the name of the kind", () => {
    expect(() => new Store().get(THINGS, "1")).toThrow("Thing 1 could not be found");
    expect(() => new Store().change(THINGS, "1", {})).toThrow("Thing 1 could not be found");
  });

  test("applies a pending change after the given number of polls", () => {
    const store = storeWith("1");
    store.afterPolls(THINGS, "1", 2, () => store.change(THINGS, "1", { status: "ACTIVE" }));
    store.recordPoll(THINGS, "1");
    expect(store.get(THINGS, "1").status).toBe("BUILD");
    store.recordPoll(THINGS, "1");
    expect(store.get(THINGS, "1").status).toBe("ACTIVE");
  });

  test("applies a pending change only once", () => {
    const store = storeWith("1");
    let settled = 0;
    store.afterPolls(THINGS, "1", 1, () => (settled += 1));
    store.recordPoll(THINGS, "1");
    store.recordPoll(THINGS, "1");
    expect(settled).toBe(1);
  });

  test("lists the objects of clients, without those that the cloud provides", () => {
    const store = storeWith("1");
    store.add(THINGS, { id: "2", name: "given", status: "ACTIVE" }, { provided: true });
    expect(store.clientObjects()).toEqual([{ kind: "Thing", id: "1", name: "n1" }]);
  });

  test("finds an object of a client before one that the cloud created for it", () => {
    const store = new Store();
    store.add(new Kind<Row>("Network"), { id: "1", name: "of the cloud" }, { provided: true });
    store.add(THINGS, { id: "1", name: "of the client", status: "ACTIVE" });
    expect(store.summaryOf("1")).toMatchObject({ kind: "Thing", name: "of the client" });
  });

  test("can be restored to an earlier state, including pending changes", () => {
    const store = storeWith("1", "2");
    store.afterPolls(THINGS, "1", 1, () => store.change(THINGS, "1", { status: "ACTIVE" }));
    const restore = store.restorePoint();
    store.recordPoll(THINGS, "1");
    store.remove(THINGS, "2");
    store.add(new Kind<Row>("Late"), { id: "3" });
    restore();
    expect(store.all(THINGS).map(({ id, status }) => [id, status])).toEqual([
      ["1", "BUILD"],
      ["2", "BUILD"],
    ]);
    expect(store.clientObjects()).toHaveLength(2);
    store.recordPoll(THINGS, "1");
    expect(store.get(THINGS, "1").status).toBe("ACTIVE");
  });
});
