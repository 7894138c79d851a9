import "@groundwork/constructs/testing/jest";
