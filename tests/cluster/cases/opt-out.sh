# The label that says "not an LLM" is honoured with a reason, where the policy allows it, and not otherwise.
no() { workload Deployment bot vllm/vllm-openai:v1 'launchgate.dev/llm: "false"'; }
why() { no | sed 's/metadata: {name: bot,/metadata: {name: bot, annotations: {launchgate.dev\/not-llm-reason: "load generator"},/'; }
policy "$NS" enforce 'detection: {detected: enforce, allowOptOut: true}' | accepted apply
without_reason() { no | refused 'PRR-COV' -- try; }
eventually without_reason
why | silent apply
settled NotAnLLMWorkload Deployment bot
policy "$NS" enforce 'detection: {detected: enforce, allowOptOut: false}' | accepted apply
not_allowed() { why | sed 's/openai:v1/openai:v2/' | refused 'PRR-COV' -- try; }
eventually not_allowed
