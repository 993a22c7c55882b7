# The Pods run with every restriction of the chart, as the kernel sees them: a user without rights, no capability, no way to
# gain one, system calls filtered, a root that cannot be written.
processes=$(in_node pgrep -x launchgate) || miss 'launchgate to run on the node' 'no process'
[ "$(wc -l <<<"$processes")" = 2 ] || miss 'two processes' "$processes"
for process in $processes; do
  status=$(in_node cat "/proc/$process/status")
  for line in 'Uid: 65532 65532 65532 65532' 'Gid: 65532 65532 65532 65532' 'CapEff: 0000000000000000' 'CapPrm: 0000000000000000' \
    'CapBnd: 0000000000000000' 'NoNewPrivs: 1' 'Seccomp: 2'; do
    grep -qxF "$line" <<<"$(tr -s '\t ' ' ' <<<"$status")" || miss "$line" "$(grep "^${line%%:*}" <<<"$status")"
  done
  root=$(in_node cat "/proc/$process/mountinfo" | awk '$5 == "/" {print $6}')
  [[ ,$root, == *,ro,* ]] || miss 'a root that cannot be written' "$root"
done
invalid 'executable file not found' -- kubectl -n "$release_ns" exec "$(pods | sed -n 1p)" -- sh -c true
shows 'launchgate ' -- kubectl -n "$release_ns" exec "$(pods | sed -n 1p)" -- launchgate version
