#!/usr/bin/env bash
# date-holidays 3.37.0 (npm): the public holiday Green Monday of Cyprus lies on a Tuesday, in every year.
#
# Expected: Green Monday (Καθαρά Δευτέρα, "Clean Monday") is 48 days before Orthodox Easter, which is 12 April 2026 and
#   2 May 2027: Monday 23 February 2026 and Monday 15 March 2027. It is a bank and public holiday in Cyprus; the package
#   `holidays` (PyPI, 0.109) has these days.
# Seen: the package gives the name twice: the Monday as an `observance`, and the day after it as `public`.
# So: whoever keeps reminders and cuts away from public holidays sends on the holiday and rests on the day after. Holiday data
#   for dunning wants a second source; that the name has a weekday in it is a check that costs nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund date-holidays@3.37.0
python3 -m venv second >/dev/null
second/bin/pip install --quiet --disable-pip-version-check holidays==0.109
cat >see.cjs <<'JS'
const assert = require('node:assert/strict');
const Holidays = require('date-holidays');

const cyprus = new Holidays('CY');
const greenMonday = (year, type) =>
  cyprus
    .getHolidays(year)
    .filter(day => day.name === 'Καθαρά Δευτέρα' && day.type === type)
    .map(day => day.date.slice(0, 10));
for (const year of [2026, 2027]) {
  console.log(`${year}: public ${greenMonday(year, 'public')}, observance ${greenMonday(year, 'observance')}`);
}
assert.deepEqual(greenMonday(2026, 'public'), ['2026-02-24']);
assert.deepEqual(greenMonday(2027, 'public'), ['2027-03-16']);
assert.deepEqual(greenMonday(2026, 'observance'), ['2026-02-23']);
assert.equal(new Date('2026-02-24T00:00:00Z').getUTCDay(), 2);
JS
node see.cjs
second/bin/python - <<'PY'
from datetime import date
from holidays import country_holidays
cyprus = country_holidays("CY", years=[2026, 2027], language="en_US")
print({day: name for day, name in cyprus.items() if "Green Monday" in name or "Clean Monday" in name})
assert date(2026, 2, 23) in cyprus and date(2026, 2, 24) not in cyprus
assert date(2027, 3, 15) in cyprus and date(2027, 3, 16) not in cyprus
PY
