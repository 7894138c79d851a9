export { existingObjects as leftovers } from "@groundwork/local/aws/existing-objects";
