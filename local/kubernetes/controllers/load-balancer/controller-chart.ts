/** Name of the chart of the AWS Load Balancer Controller. */
export const CONTROLLER_CHART = "aws-load-balancer-controller";
