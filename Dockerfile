# syntax=docker/dockerfile:1
FROM node:22.20.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22.20.0-bookworm-slim
LABEL org.opencontainers.image.title="Baya" \
      org.opencontainers.image.description="A backend for LLM applications that speaks the APIs of Dify" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=5001 \
    DATA_DIR=/data
WORKDIR /app
COPY --from=build --chown=node:node /app/package.json ./
COPY --from=build --chown=node:node /app/node_modules ./node_modules
COPY --from=build --chown=node:node /app/dist ./dist
COPY --from=build --chown=node:node /app/docs/openapi ./docs/openapi
COPY --from=build --chown=node:node /app/libs/engines/model-runtime/data ./libs/engines/model-runtime/data
COPY --from=build --chown=node:node /app/libs/features/demo/assets ./libs/features/demo/assets
RUN mkdir /data && chown node:node /data
USER node
VOLUME ["/data"]
EXPOSE 5001
HEALTHCHECK --interval=15s --timeout=5s --retries=4 CMD node dist/apps/cli/src/main.js health
# What `npm start` gives Node, see docs/benchmarks.md.
CMD ["node", "--max-semi-space-size=32", "--no-parallel-scavenge", "--no-allocation-site-pretenuring", "dist/apps/api/src/main.js"]
