// Preloaded into measured programs: writes the CPU time and the peak memory of the process to a file when it ends.
const { writeFileSync } = require("node:fs");

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = { milliseconds: (userCPUTime + systemCPUTime) / 1000, mebibytes: maxRSS / 1024 };
  writeFileSync(String(process.env["GROUNDWORK_USAGE"]), JSON.stringify(usage));
});
