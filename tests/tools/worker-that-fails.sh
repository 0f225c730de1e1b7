#!/bin/sh
# Stands in for the worker and fails as a reader can: the limit of cells, its fourth argument, says how.
case $4 in
1) exit 1 ;;
2) kill -SEGV $$ ;;
3) exec sleep 600 ;;
4) echo 'memory allocation of 98304000000 bytes failed' >&2; kill -ABRT $$ ;;
5) printf '\002\001\000\000\000' ;;
6) exec yes ;;
esac
