#!/usr/bin/env bash
# fuzz/run.sh MINUTES [TARGET…]: makes the corpus, builds, and gives each target its share of the minutes.
# What ends a target is kept in fuzz/artifacts/TARGET and the others go on; the last lines say how often each ran.
set -euo pipefail
cd "$(dirname "$0")"
minutes=${1:?minutes}
shift
targets=("$@")
((${#targets[@]})) || mapfile -t targets < <(find targets -name '*.rs' -printf '%f\n' | sed 's/\.rs$//' | sort)
seconds=$((minutes * 60 / ${#targets[@]}))

# No sanitizer: the program has no unsafe code, and this way the stable compiler does.
cargo fuzz build -s none
cargo test --quiet --manifest-path ../Cargo.toml --test suite make_the_seeds -- --ignored

mkdir -p logs
for target in "${targets[@]}"; do
    case $target in
        xlsx | ods | xls | xlsb | text) length=65536 ;;
        folder) length=8192 ;;
        *) length=1024 ;;
    esac
    cargo fuzz run -s none "$target" -- -fork=1 -ignore_crashes=1 -ignore_ooms=1 -ignore_timeouts=1 \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1536 -max_len="$length" >"logs/$target.log" 2>&1 || true
done

for target in "${targets[@]}"; do
    runs=$(grep -oE '^#[0-9]+' "logs/$target.log" | tail -1 || true)
    printf '%-12s %8s s  %12s runs  %3s kept\n' "$target" "$seconds" "${runs:-#0}" \
        "$(find "artifacts/$target" -type f 2>/dev/null | wc -l)"
done
