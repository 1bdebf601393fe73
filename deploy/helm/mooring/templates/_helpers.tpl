{{/* Names and labels. */}}
{{- define "mooring.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "mooring.fullname" -}}
{{- $name := include "mooring.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "mooring.selectorLabels" -}}
app.kubernetes.io/name: {{ include "mooring.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "mooring.labels" -}}
{{- $own := dict
  "helm.sh/chart" (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_")
  "app.kubernetes.io/version" .Chart.AppVersion
  "app.kubernetes.io/managed-by" .Release.Service
-}}
{{- merge (include "mooring.selectorLabels" . | fromYaml) $own .Values.commonLabels | toYaml -}}
{{- end -}}

{{- define "mooring.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "mooring.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "mooring.image" -}}
{{- $image := .Values.image -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $image.repository $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $image.repository (default .Chart.AppVersion $image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "mooring.claim" -}}
{{- default (printf "%s-data" (include "mooring.fullname" .)) .Values.persistence.existingClaim -}}
{{- end -}}

{{- define "mooring.settingsConfigMap" -}}
{{- if .Values.settings.existingConfigMap -}}
{{- .Values.settings.existingConfigMap -}}
{{- else if .Values.settings.values -}}
{{- printf "%s-settings" (include "mooring.fullname" .) -}}
{{- end -}}
{{- end -}}

{{/* Whether the first password is given: no longer after the first start. */}}
{{- define "mooring.givesAdminPassword" -}}
{{- if and .Values.adminPassword.existingSecret (not .Values.adminPassword.firstStartIsDone) }}true{{ end -}}
{{- end -}}

{{/* Secrets of the projected volume, by the name of their file: [secret, key]. */}}
{{- define "mooring.secretFiles" -}}
{{- $v := .Values -}}
{{- $files := dict -}}
{{- if eq $v.database.engine "mysql" -}}{{- $_ := set $files "database-url" (list $v.database.existingSecret $v.database.secretKey) -}}{{- end -}}
{{- if $v.encryptionKey.existingSecret -}}{{- $_ := set $files "encryption-key" (list $v.encryptionKey.existingSecret $v.encryptionKey.secretKey) -}}{{- end -}}
{{- if include "mooring.givesAdminPassword" . -}}{{- $_ := set $files "admin-password" (list $v.adminPassword.existingSecret $v.adminPassword.secretKey) -}}{{- end -}}
{{- if $v.metrics.existingSecret -}}{{- $_ := set $files "metrics-token" (list $v.metrics.existingSecret $v.metrics.secretKey) -}}{{- end -}}
{{- if $v.audit.webhook.existingSecret -}}{{- $_ := set $files "audit-webhook-secret" (list $v.audit.webhook.existingSecret $v.audit.webhook.secretKey) -}}{{- end -}}
{{- toYaml $files -}}
{{- end -}}

{{/* ConfigMaps of the projected volume, by the name of their file: [ConfigMap, key]. */}}
{{- define "mooring.configFiles" -}}
{{- $v := .Values -}}
{{- $files := dict -}}
{{- with include "mooring.settingsConfigMap" . -}}{{- $_ := set $files "settings.yaml" (list . (ternary $v.settings.configMapKey "settings.yaml" (ne $v.settings.existingConfigMap ""))) -}}{{- end -}}
{{- if $v.database.caConfigMap -}}{{- $_ := set $files "database-ca.crt" (list $v.database.caConfigMap $v.database.caKey) -}}{{- end -}}
{{- if $v.extraCa.configMap -}}{{- $_ := set $files "extra-ca.crt" (list $v.extraCa.configMap $v.extraCa.key) -}}{{- end -}}
{{- toYaml $files -}}
{{- end -}}

{{/* The variables, by name. Values are texts; what is empty is left out, so that Mooring's default applies. */}}
{{- define "mooring.variables" -}}
{{- $v := .Values -}}
{{- $secrets := include "mooring.secretFiles" . | fromYaml -}}
{{- $config := include "mooring.configFiles" . | fromYaml -}}
{{- $all := dict
  "NODE_ENV" "production"
  "PORT" "8080"
  "HOST" $v.host
  "PUBLIC_URL" $v.publicUrl
  "DATA_DIR" "/data"
  "LOG_LEVEL" $v.logLevel
  "WORKERS" (toString (int $v.workers))
  "REGISTRY_SERVICE" $v.registry.service
  "REGISTRY_SERVICES" $v.registry.services
  "REGISTRY_ISSUER" $v.registry.issuer
  "REGISTRY_PUBLIC_URL" $v.registry.publicUrl
  "TRUST_PROXY" (toString $v.trustProxy)
  "HTTPS_PROXY" $v.egressProxy.https
  "HTTP_PROXY" $v.egressProxy.http
  "NO_PROXY" $v.egressProxy.except
  "AUDIT_LOG" (ternary "stdout" "" $v.audit.toStdout)
  "AUDIT_REGISTRY_LOGINS" (ternary "" "false" $v.audit.registryLogins)
  "AUDIT_BACKLOG" (ternary "" (toString (int64 (default 0 $v.audit.backlog))) (kindIs "invalid" $v.audit.backlog))
  "AUDIT_SYSLOG_URL" $v.audit.syslogUrl
  "AUDIT_WEBHOOK_URL" $v.audit.webhook.url
  "ALLOW_DOWNGRADE" (ternary "true" "" $v.allowDowngrade)
-}}
{{- if eq $v.database.engine "sqlite" -}}{{- $_ := set $all "DATABASE_URL" "sqlite:/data/mooring.db" -}}{{- end -}}
{{- range $file, $_ := $secrets -}}{{- $_ := set $all (printf "%s_FILE" ($file | upper | replace "-" "_")) (printf "/run/secrets/mooring/%s" $file) -}}{{- end -}}
{{- if hasKey $config "settings.yaml" -}}{{- $_ := set $all "SETTINGS_FILE" "/etc/mooring/settings.yaml" -}}{{- end -}}
{{- if hasKey $config "extra-ca.crt" -}}{{- $_ := set $all "NODE_EXTRA_CA_CERTS" "/etc/mooring/extra-ca.crt" -}}{{- end -}}
{{- range $name, $value := $all -}}{{- if not $value -}}{{- $_ := unset $all $name -}}{{- end -}}{{- end -}}
{{- toYaml $all -}}
{{- end -}}

{{/* Resources: those that are given, or what was measured for each worker, and 96 MiB for the process that keeps several. */}}
{{- define "mooring.resources" -}}
{{- if .Values.resources -}}
{{- toYaml .Values.resources -}}
{{- else -}}
{{- $workers := int .Values.workers -}}
{{- $keeper := ternary 96 0 (gt $workers 1) -}}
requests:
  cpu: {{ mul 250 $workers }}m
  memory: {{ add (mul 256 $workers) $keeper }}Mi
limits:
  memory: {{ add (mul 512 $workers) $keeper }}Mi
{{- end -}}
{{- end -}}
