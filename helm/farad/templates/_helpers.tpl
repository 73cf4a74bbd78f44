{{- define "farad.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* Names of pods add to it, and have 63 characters. */}}
{{- define "farad.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else if contains (include "farad.name" .) .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "farad.name" .) | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "farad.selectorLabels" -}}
app.kubernetes.io/name: {{ include "farad.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "farad.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "farad.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "farad.image" -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}

{{- define "farad.adminSecret" -}}
{{- default (printf "%s-admin" (include "farad.fullname" .)) .Values.admin.existingSecret -}}
{{- end -}}

{{- define "farad.adminKey" -}}
{{- if .Values.admin.existingSecret -}}
{{- .Values.admin.key -}}
{{- else -}}
password
{{- end -}}
{{- end -}}

{{- define "farad.scheme" -}}
{{- if .Values.tls.existingSecret -}}https{{- else -}}http{{- end -}}
{{- end -}}

{{/* Pods and their containers get no more rights than they need. */}}
{{- define "farad.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "farad.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "farad.checkValues" -}}
{{- if and (not .Values.tls.existingSecret) (not .Values.insecure) -}}
{{- fail "Clients come over the network: set tls.existingSecret to a Secret with a certificate, or insecure=true to let them come without encryption." -}}
{{- end -}}
{{- if and .Values.tls.existingSecret .Values.insecure -}}
{{- fail "tls.existingSecret and insecure=true contradict each other: set one of them." -}}
{{- end -}}
{{- range $name, $value := .Values.properties -}}
{{- if has $name (list "farad.bind" "farad.data-dir" "farad.pg.port" "farad.http.port" "farad.insecure" "farad.cluster.partitions" "farad.tls.bundle" "farad.shutdown-timeout" "farad.admin-password") -}}
{{- fail (printf "properties: %s is the chart's own, set by another value." $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
