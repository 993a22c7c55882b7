# A ConfigMap that the review refers to is read: a runbook that is empty does not pass for one.
review bot | sed 's#ref: "https://flags.example.com/bot"#ref: "configmap/flags\#bot"#' | accepted apply
deploy() { workload Deployment bot "bot:$1" | "${@:2}"; }
with_switch() { deploy v2 silent_of kill-switch; }
silent_of() { run apply; [ "$code" = 0 ] && [[ $out != *"PRR-ROLL-01"* ]] || miss 'no word about the off switch' "$out"; }
missing() { deploy v1 warned_or_refused; }
warned_or_refused() { run apply; [[ $out == *"PRR-ROLL-01"* ]] || miss 'PRR-ROLL-01' "$out"; }
eventually missing
accepted kubectl create configmap flags --from-literal=bot=on
eventually with_switch
