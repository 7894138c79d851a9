const { create } = require("istanbul-reports");

/** The table of what is not covered; nothing where everything is, for which Jest prints an empty table. */
module.exports = class UncoveredReporter {
  constructor(options) {
    this.table = create("text", { ...options, skipFull: true });
  }

  execute(context) {
    const { data } = context.getTree().getRoot().getCoverageSummary();
    if (Object.values(data).some(({ covered, total }) => covered < total)) this.table.execute(context);
  }
};
