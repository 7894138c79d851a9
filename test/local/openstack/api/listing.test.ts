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

describe("a list", () => {
  test.each([
    ["everything, in the order in which it was made", "", ["1", "2", "3"]],
    ["what has a value", "name=b", ["1", "3"]],
    ["what has all of several values", "name=b&id=3", ["3"]],
    ["what has any of several values of a field", "id=1&id=2", ["1", "2"]],
    ["what is so, in whatever case a client writes it", "shared=True", ["2"]],
    ["what holds a value", "tags=lab", ["1"]],
    ["everything, sorted", "sort_key=name&sort_dir=asc", ["2", "1", "3"]],
    ["everything, sorted backwards", "sort_key=id&sort_dir=desc", ["3", "2", "1"]],
    ["so many from somewhere", "limit=1&marker=1", ["2"]],
    ["everything, whatever means nothing", "detail=true", ["1", "2", "3"]],
  ])("shows %s", (_words, query, expected) => {
    expect(ids(query)).toEqual(expected);
  });

  test("shows only the fields that are asked for", () => {
    expect(ids("fields=name&name=a")).toEqual([{ name: "a" }]);
  });

  test("refuses a filter that nobody knows", () => {
    expect(() => ids("colour=red")).toThrow(/"colour" is no filter/);
  });
});
