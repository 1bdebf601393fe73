{{/* Refuses values that can't work, with what to do. values.schema.json has refused unknown names and wrong types before. */}}
{{- define "mooring.check" -}}
{{- include "mooring.checkUrl" . -}}
{{- include "mooring.checkDatabase" . -}}
{{- include "mooring.checkSettings" . -}}
{{- include "mooring.checkVariables" . -}}
{{- include "mooring.checkAround" . -}}
{{- end -}}

{{- define "mooring.isLoopback" -}}
{{- if regexMatch "^http://(localhost|127\\.[0-9.]+|\\[::1\\])(:[0-9]+)?(/|$)" . }}true{{ end -}}
{{- end -}}

{{- define "mooring.checkUrl" -}}
{{- $url := .Values.publicUrl -}}
{{- if not $url -}}
{{- fail "publicUrl is missing: set the URL that browsers use, such as https://mooring.example.com." -}}
{{- end -}}
{{- if not (regexMatch "^https?://[^/?#@]+(/[A-Za-z0-9_.~-]+)*/?$" $url) -}}
{{- fail "publicUrl must be an origin, such as https://mooring.example.com, and may have a path of letters, digits, -, ., _ and ~." -}}
{{- end -}}
{{- if and (hasPrefix "http://" $url) (not (include "mooring.isLoopback" $url)) -}}
{{- fail "publicUrl must begin with https://: http is for loopback addresses only, such as http://localhost:8080 with kubectl port-forward." -}}
{{- end -}}
{{- end -}}

{{- define "mooring.checkDatabase" -}}
{{- $v := .Values -}}
{{- if eq $v.database.engine "sqlite" -}}
{{- if gt (int $v.replicaCount) 1 -}}
{{- fail "replicaCount above 1 needs database.engine mysql: only one server can use a SQLite file. More cores are used with workers." -}}
{{- end -}}
{{- if or $v.database.existingSecret $v.database.caConfigMap -}}
{{- fail "database.existingSecret and database.caConfigMap are for database.engine mysql: set it, or leave them empty." -}}
{{- end -}}
{{- else -}}
{{- if not $v.database.existingSecret -}}
{{- fail "database.engine mysql needs database.existingSecret: a secret with the whole DATABASE_URL under the key that database.secretKey names." -}}
{{- end -}}
{{- if not $v.encryptionKey.existingSecret -}}
{{- fail "database.engine mysql needs encryptionKey.existingSecret: a secret with the output of openssl rand -base64 32, the same for all pods." -}}
{{- end -}}
{{- if not (or $v.adminPassword.existingSecret $v.adminPassword.firstStartIsDone) -}}
{{- fail "database.engine mysql needs adminPassword.existingSecret: a generated password would be lost with its pod. After the first start set adminPassword.firstStartIsDone." -}}
{{- end -}}
{{- if $v.persistence.existingClaim -}}
{{- fail "persistence.existingClaim is for database.engine sqlite: with mysql no pod has a volume of its own." -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "mooring.checkSettings" -}}
{{- $settings := .Values.settings -}}
{{- if and $settings.values $settings.existingConfigMap -}}
{{- fail "settings.values and settings.existingConfigMap are both set: set only one of them." -}}
{{- end -}}
{{- if and $settings.existingSecret (not (include "mooring.settingsConfigMap" .)) -}}
{{- fail "settings.existingSecret has no effect without settings.values or settings.existingConfigMap." -}}
{{- end -}}
{{- $oidc := dict -}}
{{- with $settings.values -}}{{- $oidc = default (dict) .oidc -}}{{- end -}}
{{- with $oidc.clientSecret -}}
{{- if kindIs "map" . -}}
{{- $path := toString (default "" .file) -}}
{{- if and (hasPrefix "/run/secrets/mooring-settings/" $path) (not $settings.existingSecret) -}}
{{- fail (printf "settings.values.oidc.clientSecret is in %s, and settings.existingSecret, which is mounted there, is missing." $path) -}}
{{- end -}}
{{- else -}}
{{- fail "settings.values.oidc.clientSecret must not be written here, where everybody who reads the ConfigMap finds it: use { file: /run/secrets/mooring-settings/KEY } with settings.existingSecret." -}}
{{- end -}}
{{- end -}}
{{- if and $oidc.endpoint (not $oidc.clientSecret) (not (has $oidc.clientAuthentication (list "none" "private_key_jwt"))) -}}
{{- fail "settings.values.oidc.endpoint needs oidc.clientSecret beside it: { file: /run/secrets/mooring-settings/KEY } with settings.existingSecret." -}}
{{- end -}}
{{- end -}}

{{- define "mooring.checkVariables" -}}
{{- $v := .Values -}}
{{- if and $v.registry.service $v.registry.services -}}
{{- fail "registry.service and registry.services are both set: set only one of them." -}}
{{- end -}}
{{- if and $v.audit.webhook.url (not $v.audit.webhook.existingSecret) -}}
{{- fail "audit.webhook.url needs audit.webhook.existingSecret: the secret that signs what is sent." -}}
{{- end -}}
{{- if and $v.audit.webhook.existingSecret (not $v.audit.webhook.url) -}}
{{- fail "audit.webhook.existingSecret has no effect without audit.webhook.url." -}}
{{- end -}}
{{- $set := include "mooring.variables" . | fromYaml -}}
{{- /* All that docs/environment.md has; proxies may have a password, and are refused only where they are set twice. */}}
{{- $own := list
  "ADMIN_PASSWORD" "ADMIN_PASSWORD_FILE" "ALLOW_DOWNGRADE" "AUDIT_BACKLOG" "AUDIT_LOG" "AUDIT_REGISTRY_LOGINS"
  "AUDIT_SYSLOG_URL" "AUDIT_WEBHOOK_SECRET" "AUDIT_WEBHOOK_SECRET_FILE" "AUDIT_WEBHOOK_URL" "DATABASE_URL"
  "DATABASE_URL_FILE" "DATA_DIR" "ENCRYPTION_KEY" "ENCRYPTION_KEY_FILE" "FIXED_SETTINGS" "FIXED_SETTINGS_FILE" "HOST"
  "LOG_LEVEL" "METRICS_TOKEN" "METRICS_TOKEN_FILE" "NODE_ENV" "PORT" "PUBLIC_URL" "REGISTRY_ISSUER" "REGISTRY_PUBLIC_URL"
  "REGISTRY_SERVICE" "REGISTRY_SERVICES" "SETTINGS_FILE" "TRUST_PROXY" "WORKERS"
-}}
{{- range $v.extraEnv -}}
{{- if or (has .name $own) (hasKey $set .name) -}}
{{- fail (printf "extraEnv has %s, which is set by a value of this chart: README.md names it." .name) -}}
{{- end -}}
{{- if eq .name "ALLOW_SECOND_SERVER" -}}
{{- fail "extraEnv has ALLOW_SECOND_SERVER: two pods on one SQLite file are never safe here, and with mysql it has no effect." -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "mooring.checkAround" -}}
{{- $v := .Values -}}
{{- if and $v.metrics.serviceMonitor.enabled (not $v.metrics.existingSecret) -}}
{{- fail "metrics.serviceMonitor.enabled needs metrics.existingSecret: the secret with the token for /metrics." -}}
{{- end -}}
{{- if and $v.ingress.enabled (include "mooring.isLoopback" $v.publicUrl) -}}
{{- fail "ingress.enabled needs a publicUrl with https: browsers can't reach an Ingress at a loopback address." -}}
{{- end -}}
{{- if and $v.networkPolicy.enabled (not $v.networkPolicy.from) -}}
{{- fail "networkPolicy.enabled needs networkPolicy.from: otherwise nobody reaches Mooring. Name the ingress controller." -}}
{{- end -}}
{{- $least := add 12 (ternary (int $v.preStopSeconds) 0 (eq $v.database.engine "mysql")) -}}
{{- if lt (int64 $v.terminationGracePeriodSeconds) $least -}}
{{- fail (printf "terminationGracePeriodSeconds must be at least %d: preStopSeconds with mysql, ten for Mooring to answer what is under way, and two more." $least) -}}
{{- end -}}
{{- end -}}
