"use strict";
// node validate_manifest.js MANIFEST.json: prints what Microsoft's schema finds wrong with it, as a JSON list. No network is used.
const fs = require("node:fs");
const { AppManifestUtils } = require("@microsoft/app-manifest");

AppManifestUtils.validateAgainstSchema(JSON.parse(fs.readFileSync(process.argv[2], "utf8"))).then((wrong) => {
  process.stdout.write(JSON.stringify(wrong));
});
