FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

# Node alone: what installs and builds has no business beside a service that runs.
FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="Patuh" \
      org.opencontainers.image.description="System of record for the social-security compliance of Indonesian employers" \
      org.opencontainers.image.licenses="EUPL-1.2"
COPY --from=packages /usr/local/bin/node /usr/local/bin/
# Node is linked with libatomic on some platforms; a build that lacks a library fails here, and not at the first start.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libatomic1 libstdc++6 \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* \
    && node --version \
    && groupadd --gid 10001 patuh \
    && useradd --uid 10001 --gid patuh --no-create-home --home-dir /var/lib/patuh --shell /usr/sbin/nologin patuh \
    && install --directory --owner=patuh --group=patuh --mode=0700 /var/lib/patuh
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json LICENSE ./
COPY migrations migrations
COPY src src
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 PATUH_DATA_DIR=/var/lib/patuh
# The flags, and the settings of memory, as in src/cli/launch.mjs.
ENV MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=131072 NODE_COMPILE_CACHE=/app/compiled
# The root is read-only when it runs: what commands and service are made of, each with its flags, is compiled here. The
# service is loaded whole before it refuses the port.
RUN install --directory --owner=patuh --group=patuh "$NODE_COMPILE_CACHE"
USER 10001:10001
RUN node src/cli/patuh.ts help > /dev/null \
    && ! PORT=none node --max-semi-space-size=8 --heap-growing-percent=75 --no-allocation-site-pretenuring src/main.ts 2> /dev/null
# Keys that sign and seal: they must outlive the container, and instances of one service share them.
VOLUME /var/lib/patuh
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "--heap-growing-percent=75", "--no-allocation-site-pretenuring", "src/main.ts"]
