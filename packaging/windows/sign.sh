#!/bin/bash
# Signs Windows executables with the certificate given by the environment; without one it does nothing.
#   CODESIGN_CERT, CODESIGN_KEY   PEM files: the certificate with its chain, and its key
#   CODESIGN_TIMESTAMP            address of an RFC 3161 time-stamp server, if there is one to be asked
#   sign.sh FILE ...
set -euo pipefail
[ -n "${CODESIGN_CERT:-}" ] || exit 0
for file in "$@"; do
    osslsigncode sign -certs "$CODESIGN_CERT" -key "$CODESIGN_KEY" -h sha256 -n "Jixiao" \
        ${CODESIGN_TIMESTAMP:+-ts "$CODESIGN_TIMESTAMP"} -in "$file" -out "$file.signed" >/dev/null
    mv "$file.signed" "$file"
    printf '  signed %s\n' "$(basename "$file")"
done
