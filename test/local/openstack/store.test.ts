import type { Row } from "@groundwork/local/openstack/store";
import { Kind, World } from "@groundwork/local/openstack/store";

interface Thing extends Row {
  readonly name: string;
  readonly status: string;
}

const THINGS = new Kind<Thing>("Thing");

function worldWith(...ids: readonly string[]): World {
  const world = new World();
  for (const id of ids) world.add(THINGS, { id, name: `n${id}`, status: "BUILD" });
  return world;
}

describe("a world", () => {
  test("refuses an id that nothing has, by the kind's name", () => {
    expect(() => new World().get(THINGS, "1")).toThrow("Thing 1 could not be found");
    expect(() => new World().change(THINGS, "1", {})).toThrow("Thing 1 could not be found");
  });

  test("settles what takes time once it has been looked at", () => {
    const world = worldWith("1");
    world.afterPolls(THINGS, "1", 2, () => world.change(THINGS, "1", { status: "ACTIVE" }));
    world.looked(THINGS, "1");
    expect(world.get(THINGS, "1").status).toBe("BUILD");
    world.looked(THINGS, "1");
    expect(world.get(THINGS, "1").status).toBe("ACTIVE");
  });

  test("does not settle twice", () => {
    const world = worldWith("1");
    let settled = 0;
    world.afterPolls(THINGS, "1", 1, () => (settled += 1));
    world.looked(THINGS, "1");
    world.looked(THINGS, "1");
    expect(settled).toBe(1);
  });

  test("tells what is left, without what it came with", () => {
    const world = worldWith("1");
    world.add(THINGS, { id: "2", name: "given", status: "ACTIVE" }, { provided: true });
    expect(world.remaining()).toEqual([{ kind: "Thing", id: "1", name: "n1" }]);
  });

  test("names what a client made before what the cloud made for it", () => {
    const world = new World();
    world.add(new Kind<Row>("Network"), { id: "1", name: "face" }, { provided: true });
    world.add(THINGS, { id: "1", name: "made", status: "ACTIVE" });
    expect(world.called("1")).toMatchObject({ kind: "Thing", name: "made" });
  });

  test("can be put back as it was, with what was pending", () => {
    const world = worldWith("1", "2");
    world.afterPolls(THINGS, "1", 1, () => world.change(THINGS, "1", { status: "ACTIVE" }));
    const restore = world.restorePoint();
    world.looked(THINGS, "1");
    world.remove(THINGS, "2");
    world.add(new Kind<Row>("Late"), { id: "3" });
    restore();
    expect(world.all(THINGS).map(({ id, status }) => [id, status])).toEqual([
      ["1", "BUILD"],
      ["2", "BUILD"],
    ]);
    expect(world.remaining()).toHaveLength(2);
    world.looked(THINGS, "1");
    expect(world.get(THINGS, "1").status).toBe("ACTIVE");
  });
});
