#!/usr/bin/env bash
# xlsx-populate 1.21.0: a figure put into one cell empties the cells below it that share its formula.
#
# Guess: B1:B3 share a formula, as Excel saves a formula that was filled down. With 5 in B1, B2 and B3 keep theirs.
# Behaviour: B2 and B3 are saved as empty cells: neither a formula nor a result is left, and nothing is said.
# Output seen: [["A1*2",2],["SHARED",4],["SHARED",6]] then <c r="B2"/> <c r="B3"/>
# Our product leaves them: tests/returns/forms/test_filling.py::test_only_what_was_filled_is_changed[shared_and_array].
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit xlsx-populate@1.21.0 jszip@3.10.1 >/dev/null 2>&1
cat >try.js <<'JS'
const populate = require("xlsx-populate"), zip = require("jszip");
const cell = (row, formula) => `<row r="${row}"><c r="A${row}"><v>${row}</v></c><c r="B${row}">${formula}<v>${2 * row}</v></c></row>`;
const shared = '<f t="shared" si="0"/>';
const rows = cell(1, '<f t="shared" ref="B1:B3" si="0">A1*2</f>') + cell(2, shared) + cell(3, shared);
const part = "xl/worksheets/sheet1.xml";
(async () => {
  const blank = await zip.loadAsync(await (await populate.fromBlankAsync()).outputAsync());
  const sheet = await blank.file(part).async("string");
  blank.file(part, sheet.replace(/<sheetData ?\/>|<sheetData>.*<\/sheetData>/s, `<sheetData>${rows}</sheetData>`));
  const book = await populate.fromDataAsync(await blank.generateAsync({ type: "nodebuffer" }));
  const before = [1, 2, 3].map((row) => [book.sheet(0).cell(`B${row}`).formula(), book.sheet(0).cell(`B${row}`).value()]);
  book.sheet(0).cell("B1").value(5);
  const saved = await (await zip.loadAsync(await book.outputAsync())).file(part).async("string");
  const seen = [JSON.stringify(before), "then", ...saved.match(/<c r="B[23]".*?\/>/g)].join(" ");
  console.log(seen);
  if (seen !== '[["A1*2",2],["SHARED",4],["SHARED",6]] then <c r="B2"/> <c r="B3"/>') throw new Error("it changed");
})();
JS
node try.js
