import { allItems, batchesOf } from "@groundwork/cli/aws/pages";

async function* pages(): AsyncGenerator<{ items?: readonly number[] }> {
  await Promise.resolve();
  yield { items: [1, 2] };
  yield {};
  yield { items: [3] };
}

describe("pages", () => {
  test("are joined, including pages without items", async () => {
    expect(await allItems(pages(), ({ items }) => items)).toEqual([1, 2, 3]);
  });

  test.each([
    [[], []],
    [[1], [[1]]],
    [
      [1, 2, 3, 4, 5],
      [[1, 2], [3, 4], [5]],
    ],
  ])("%j in batches of two are %j", (items, batches) => {
    expect(batchesOf(items, 2)).toEqual(batches);
  });
});
