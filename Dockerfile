# An image of Mooring. No container engine was at hand when this was written: the image has not been built. Its steps were run one
# by one in a root of their own, and its server as another user, with a root that can't be written (npm run test:image); the base
# images and the health check were not tried.
#
#   docker build --tag mooring .
#   docker run --read-only --tmpfs /tmp --volume mooring:/data --publish 127.0.0.1:8080:8080 \
#     --env PUBLIC_URL=http://localhost:8080 mooring

FROM node:24-bookworm-slim AS build
WORKDIR /build
# First what seldom changes, so that a change of the source installs nothing anew.
COPY package.json package-lock.json ./
COPY portal/package.json portal/
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build
RUN npm ci --omit=dev --workspaces=false --no-audit --no-fund
RUN mkdir -p /out/portal && cp -r dist node_modules package.json LICENSE NOTICE schema.graphql /out/ && cp -r portal/dist /out/portal/
RUN find /out/dist -name '*.map' -delete && rm -rf /out/dist/tools

FROM node:24-bookworm-slim
ENV NODE_ENV=production
ENV DATA_DIR=/data
WORKDIR /mooring
COPY --from=build /out ./
# The user of the base image, by number: Kubernetes can't tell whether a name is root.
# Without a DATABASE_URL the database is data/mooring.db; a variable here would be in the way of DATABASE_URL_FILE.
RUN install -d -o 1000 -g 1000 -m 700 /data && ln -s /data data
USER 1000:1000
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8080}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the first process, and gets the signal. The flags are those of npm start: they keep the process small.
ENTRYPOINT ["node", "--max-semi-space-size=16", "--heap-growing-percent=40"]
CMD ["dist/src/main.js"]
