import { verifyEntries } from './verify-entries-script.ts';

/** Keys, signatures, files, count and policies; leaves `size`, `root`, `entries` and the lines of entries to the next part. */
const verifyFiles = String.raw`#!/bin/sh
# Checks this evidence bundle:  sh verify.sh [TRUST_FILE]
# Needs sh, openssl 3 or newer, coreutils and sed. TRUST_FILE has the keys of the log, in the form of trust.json, from a
# source that you trust. Without it the bundle's own trust.json is used, which shows only that the bundle fits together.
# Exit code: 0 verified, 1 something does not fit, 2 the check could not run.
set -u
LC_ALL=C
export LC_ALL
trust=trust.json
if [ $# -gt 0 ]; then
  trust=$(realpath "$1") || exit 2
fi
cd "$(dirname "$0")" || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
failed=0
fine() { printf 'ok      %s\n' "$1"; }
note() { printf 'note    %s\n' "$1"; }
problem() { printf 'FAILED  %s\n' "$1"; failed=1; }
for tool in openssl sha256sum base64 od sed comm realpath; do
  command -v "$tool" > /dev/null || { printf 'This check needs %s.\n' "$tool" >&2; exit 2; }
done
for file in "$trust" manifest.json manifest.note checkpoint entries.ndjson; do
  [ -f "$file" ] || problem "file-missing: $file is not there"
done
[ $failed -eq 0 ] || exit 1
case $(openssl version) in
  'OpenSSL '[3-9]* | 'OpenSSL '[1-9][0-9]*) ;;
  *) printf 'This check needs OpenSSL 3 or newer.\n' >&2; exit 2 ;;
esac
hash_of() { sha256sum < "$1" | cut -c1-64; }

# The keys, one per line: name, id, first and last size that the key may sign.
tr -d ' \t\r\n' < "$trust" | tr '}' '\n' |
  sed -n 's/.*"vkey":"\([^"]*\)","fromSize":\([0-9][0-9]*\)\(,"toSize":\)*\([0-9]*\).*/\1 \2 \4/p' > "$work/trusted"
: > "$work/keys"
while read -r vkey from to; do
  name=$(printf '%s' "$vkey" | cut -d+ -f1)
  id=$(printf '%s' "$vkey" | cut -d+ -f2)
  printf '%s' "$vkey" | cut -d+ -f3- | base64 -d > "$work/typed" 2> /dev/null
  { printf '%s\n' "$name"; cat "$work/typed"; } > "$work/named"
  if [ "$(hash_of "$work/named" | cut -c1-8)" != "$id" ] || [ "$(wc -c < "$work/typed")" -ne 33 ]; then
    problem "trust: a key is not an Ed25519 vkey"
    continue
  fi
  { # MCow... begins every Ed25519 public key in DER (RFC 8410).
    printf '%s\nMCowBQYDK2VwAyEA' '-----BEGIN PUBLIC KEY-----'
    tail -c 32 "$work/typed" | base64
    printf '%s\n' '-----END PUBLIC KEY-----'
  } > "$work/$id.pem"
  printf '%s %s %s %s\n' "$name" "$id" "$from" "$to" >> "$work/keys"
done < "$work/trusted"
[ -s "$work/keys" ] || problem "trust: there is no key"

# signed TEXT LINES WHAT SIZE: checks the signature lines over the text, for a log of that size.
signed() {
  good=0
  while IFS= read -r line || [ -n "$line" ]; do
    name=$(printf '%s' "$line" | cut -d' ' -f2)
    encoded=$(printf '%s' "$line" | cut -d' ' -f3)
    printf '%s' "$encoded" | base64 -d > "$work/blob" 2> /dev/null
    if [ "$line" != "— $name $encoded" ] || [ "$(base64 < "$work/blob" | tr -d '\n')" != "$encoded" ]; then
      problem "signature: a line below the $3 is not a signature line"
      continue
    fi
    id=$(head -c 4 "$work/blob" | od -An -tx1 | tr -d ' \n')
    tail -c +5 "$work/blob" > "$work/signature"
    while read -r trusted trusted_id from to; do
      [ "$trusted $trusted_id" = "$name $id" ] || continue
      if ! openssl pkeyutl -verify -rawin -pubin -inkey "$work/$id.pem" -in "$1" -sigfile "$work/signature" \
        > /dev/null 2>&1; then
        problem "signature: a signature below the $3 is not by the key that it names"
      elif [ "$4" -lt "$from" ] || { [ -n "$to" ] && [ "$4" -gt "$to" ]; }; then
        problem "key-window: the $3 is signed by a key that was not to sign a log of $4 entries"
      else
        good=1
      fi
    done < "$work/keys"
  done < "$2"
  if [ $good -eq 1 ]; then fine "the $3 is signed by the log"; else problem "signature: no trusted key signed the $3"; fi
}

# The checkpoint: origin, size and root of the log.
sed '/^$/,$d' checkpoint > "$work/text"
sed '1,/^$/d' checkpoint > "$work/lines"
{ read -r origin; read -r size; read -r root; } < "$work/text"
case $size in '' | *[!0-9]*) problem 'checkpoint-malformed: it has no size'; exit 1 ;; esac
while read -r name rest; do
  [ "$name" = "$origin" ] || problem 'origin: the checkpoint is of another log than the keys'
done < "$work/keys"
signed "$work/text" "$work/lines" checkpoint "$size"

# The manifest, and each file by it.
hash=$(openssl dgst -sha256 -binary manifest.json | base64)
printf 'interlock/evidence@v1\nmanifest %s\n' "$hash" > "$work/text"
sed '/^$/,$d' manifest.note > "$work/claimed"
sed '1,/^$/d' manifest.note > "$work/lines"
[ "$(hash_of "$work/text")" = "$(hash_of "$work/claimed")" ] || problem 'manifest: it is not the manifest that was signed'
signed "$work/claimed" "$work/lines" manifest "$size"
sed -n 's/^ *{"path":"\([^"]*\)","sha256":"\([0-9a-f]\{64\}\)"},*$/\2  \1/p' manifest.json > "$work/sums"
if sha256sum --check --quiet "$work/sums" > "$work/checked" 2> /dev/null; then
  fine "all $(wc -l < "$work/sums" | tr -d ' ') files are those of the manifest"
elif [ ! -s "$work/checked" ]; then
  problem 'manifest: it lists no files'
fi
sed 's/: FAILED.*//' "$work/checked" > "$work/wrong"
while read -r path; do problem "file-hash: $path is not the file of the manifest"; done < "$work/wrong"
{ cut -c67- "$work/sums"; printf 'manifest.json\nmanifest.note\n'; } | sort > "$work/listed"
for path in * .[!.]* proofs/* proofs/.[!.]* policies/* policies/.[!.]*; do
  case $path in proofs | policies) continue ;; esac
  if [ -e "$path" ]; then printf '%s\n' "$path"; fi
done | sort > "$work/present"
comm -23 "$work/present" "$work/listed" > "$work/unlisted"
while read -r path; do problem "file-unlisted: $path is not in the manifest"; done < "$work/unlisted"

# The count: with it an entry that was left out shows.
tail -n 1 entries.ndjson > "$work/end"
count=$(sed -n 's/^{"count":\([0-9][0-9]*\),"query":.*/\1/p' "$work/end")
query=$(sed -n 's/^{"count":[0-9]*,"query":\(.*\),"checkpoint":".*/\1/p' "$work/end")
sed -n 's/.*\\n\\n\(.*\)\\n"}$/\1/p' "$work/end" | sed 's/\\n/\
/g' > "$work/lines"
hash=$(openssl dgst -sha256 -binary checkpoint | base64)
printf 'interlock/export@v1\ncount %s\nquery %s\ncheckpoint %s\n' "$count" "$query" "$hash" > "$work/text"
signed "$work/text" "$work/lines" count "$size"
sed '$d' entries.ndjson > "$work/entries"
entries=$(wc -l < "$work/entries" | tr -d ' ')
[ -n "$count" ] || problem 'footer-missing: the entries do not end with a count'
[ "$entries" = "$count" ] || problem "count: $count entries were counted, $entries are there"

# The policies, by the hash that the entries cite.
sed -n 's/.*"policy":{"sha256":"\([0-9a-f]\{64\}\)"}.*/\1/p' "$work/entries" | sort -u > "$work/cited"
while read -r sha; do
  if [ ! -f "policies/$sha.yaml" ]; then note "the policy $sha is cited and not in the bundle"
  elif [ "$(hash_of "policies/$sha.yaml")" != "$sha" ]; then problem "policy: policies/$sha.yaml is another policy"
  fi
done < "$work/cited"

`;

const verdict = String.raw`if [ $failed -ne 0 ]; then
  printf 'NOT VERIFIED\n'
  exit 1
fi
[ "$trust" != trust.json ] || note 'only the keys in the bundle itself were used: compare trust.json with a copy from elsewhere'
printf 'VERIFIED\n'
`;

/**
 * The `verify.sh` of an evidence bundle: POSIX sh, openssl 3, coreutils and sed. It takes the log's word for nothing but
 * the keys. Everything is listed that does not fit; the exit code is 0 verified, 1 something does not fit, 2 cannot run.
 */
export const verifyScript = verifyFiles + verifyEntries + verdict;
