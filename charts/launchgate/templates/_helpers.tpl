{{- define "launchgate.selector" -}}
app.kubernetes.io/name: launchgate
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
{{- define "launchgate.labels" -}}
{{ include "launchgate.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}
{{- define "launchgate.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}
{{- define "launchgate.container-security" -}}
securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
{{- end }}
{{- define "launchgate.pod-security" -}}
securityContext: {runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532, fsGroup: 65532, seccompProfile: {type: RuntimeDefault}}
{{- end }}
{{- /* One entry of the webhook configuration. Call with root, name, policy and closed (true, false, or "" where no label splits). */}}
{{- define "launchgate.webhook" -}}
{{- $v := .root.Values.webhook -}}
- name: {{ .name }}
  admissionReviewVersions: [v1]
  sideEffects: None
  matchPolicy: Equivalent
  failurePolicy: {{ .policy }}
  timeoutSeconds: {{ $v.timeoutSeconds }}
  clientConfig:
    service: {name: {{ .root.Values.name }}, namespace: {{ .root.Release.Namespace }}, path: /validate, port: 443}
    {{- if eq .root.Values.certificates.mode "secret" }}
    caBundle: {{ required "certificates.mode is secret: set certificates.caBundle to the base64 of the CA" .root.Values.certificates.caBundle }}
    {{- end }}
  namespaceSelector:
    matchExpressions:
    # Never gated, whatever the values say: the control plane, and what launchgate itself needs to start.
    - key: kubernetes.io/metadata.name
      operator: NotIn
      values: {{ concat (list "kube-system" "kube-public" "kube-node-lease" .root.Release.Namespace) $v.excludeNamespaces | uniq | toJson }}
    {{- range $key, $value := $v.failClosedLabels }}
    - {key: {{ $key | quote }}, operator: {{ if $.closed }}In{{ else }}NotIn{{ end }}, values: [{{ $value | quote }}]}
    {{- end }}
  {{- .root.Files.Get "files/webhook-rules.yaml" | nindent 2 }}
  {{- .root.Files.Get "files/match-conditions.yaml" | trim | nindent 2 }}
  {{- with $v.matchConditions }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
{{- /* A Job that runs one verb as a hook. Call with root, verb, account, hook (its annotations), retries and args. */}}
{{- define "launchgate.job" -}}
{{- $secret := ternary .root.Values.certificates.secretName "" (eq .root.Values.certificates.mode "self") -}}
apiVersion: batch/v1
kind: Job
metadata: {name: {{ .root.Values.name }}-{{ .verb }}, namespace: {{ .root.Release.Namespace }}, annotations: {{ .hook }}}
spec:
  backoffLimit: {{ .retries }}
  activeDeadlineSeconds: 240
  ttlSecondsAfterFinished: 3600 # of one that failed: time to read its log
  template:
    spec:
      serviceAccountName: {{ .account }}
      restartPolicy: Never
      {{- with .root.Values.imagePullSecrets }}
      imagePullSecrets: {{- toYaml . | nindent 6 }}
      {{- end }}
      {{- include "launchgate.pod-security" .root | nindent 6 }}
      containers:
      - name: {{ .verb }}
        image: {{ include "launchgate.image" .root }}
        imagePullPolicy: {{ .root.Values.image.pullPolicy }}
        # A value of its own each: what is empty would be lost behind a "=".
        args: {{ concat (list .verb "--namespace" .root.Release.Namespace "--name" .root.Values.name "--tls-secret" $secret) .args | toJson }}
        resources: {requests: {cpu: 10m, memory: 32Mi}, limits: {memory: 128Mi}}
        {{- include "launchgate.container-security" .root | nindent 8 }}
      {{- with .root.Values.nodeSelector }}
      nodeSelector: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .root.Values.tolerations }}
      tolerations: {{- toYaml . | nindent 6 }}
      {{- end }}
{{- end }}
