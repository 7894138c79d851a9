import { failure, jsonOf, jsonResponse, listOf, objectOf, textOf } from "../response";
import type { Rule } from "../rule";
import { ecrCall } from "./ecr-call";

/**
 * moto does not scan an image when it is pushed, and invents a finding when a scan is requested. The images of the local cloud contain
 * no packages, so the scan of a repository with `scanOnPush` is complete without findings.
 */
export const ecrScan: Rule = {
  name: "scan of an image",
  applies: (call) => call.service === "ecr" && call.action === "DescribeImageScanFindings",
  handle: async (call, forward) => {
    const { repositoryName, imageId } = jsonOf(call);
    const name = textOf(repositoryName);
    const image = await forward(
      ecrCall(call, "DescribeImages", { repositoryName: name, imageIds: [objectOf(imageId)] }),
    );
    if (image.status >= 300) return image;
    const [repository] = listOf(
      jsonOf(await forward(ecrCall(call, "DescribeRepositories", { repositoryNames: [name] })))["repositories"],
    ).map(objectOf);
    if (objectOf(repository?.["imageScanningConfiguration"])["scanOnPush"] !== true)
      return failure("ScanNotFoundException", `Image scan does not exist for an image of the repository '${name}'`);
    return jsonResponse({
      repositoryName: name,
      imageId: objectOf(imageId),
      imageScanStatus: { status: "COMPLETE", description: "The scan was completed successfully." },
      imageScanFindings: { findings: [], findingSeverityCounts: {} },
    });
  },
};
