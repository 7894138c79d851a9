import { listing } from "@groundwork/local/openstack/api/listing";

const ROWS = [
  { id: "1", name: "b", shared: false, tags: ["lab"] },
  { id: "2", name: "a", shared: true, tags: [] },
  { id: "3", name: "b", shared: false, tags: [] },
];

function ids(query: string): readonly unknown[] {
  const call = {
    method: "GET",
    path: "",
    params: {},
    query: new URLSearchParams(query),
    headers: {},
    body: {},
    origin: "",
  };
  return listing(call, ROWS, { filters: ["id", "name", "shared", "tags"], ignored: ["detail"] }).map(
    (row) => row["id"] ?? row,
  );
}

describe("listing", () => {
  test.each([
    ["everything, in the order of creation", "", ["1", "2", "3"]],
    ["objects with a value", "name=b", ["1", "3"]],
    ["objects that match all of several filters", "name=b&id=3", ["3"]],
    ["objects with any of several values of a field", "id=1&id=2", ["1", "2"]],
    ["booleans, in upper or lower case", "shared=True", ["2"]],
    ["lists that contain a value", "tags=lab", ["1"]],
    ["everything, sorted in ascending order", "sort_key=name&sort_dir=asc", ["2", "1", "3"]],
    ["everything, sorted in descending order", "sort_key=id&sort_dir=desc", ["3", "2", "1"]],
    ["a page after a marker", "limit=1&marker=1", ["2"]],
    ["everything, with an ignored parameter", "detail=true", ["1", "2", "3"]],
  ])("returns %s", (_case, query, expected) => {
    expect(ids(query)).toEqual(expected);
  });

  test("returns only the requested fields", () => {
    expect(ids("fields=name&name=a")).toEqual([{ name: "a" }]);
  });

  test("rejects an unknown filter", () => {
    expect(() => ids("colour=red")).toThrow(/"colour" is no filter/);
  });
});
