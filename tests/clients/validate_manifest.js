"use strict";
// node validate_manifest.js MANIFEST.json: prints what Microsoft's schema finds wrong with it, as a JSON list. No network is used.
const fs = require("node:fs");
const path = require("node:path");
const { AppManifestUtils } = require("@microsoft/app-manifest");

async function main(file) {
  const manifest = JSON.parse(fs.readFileSync(file, "utf8"));
  const schemas = path.join(path.dirname(require.resolve("@microsoft/app-manifest/package.json")), "build/json-schemas/teams");
  const schema = JSON.parse(fs.readFileSync(path.join(schemas, `v${manifest.manifestVersion}`, "MicrosoftTeams.schema.json"), "utf8"));
  process.stdout.write(JSON.stringify(await AppManifestUtils.validateAgainstSchema(manifest, schema)));
}

main(process.argv[2]);
