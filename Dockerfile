# syntax=docker/dockerfile:1
# Builds dist/ with every tool, then keeps only what runs. The image's own Node is used, so the packaged ones stay out.
FROM node:26-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:26-bookworm-slim AS run
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3978 THREATBRIEF_HOME=/var/lib/threatbrief
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional && npm cache clean --force \
  && mkdir -p /var/lib/threatbrief && chown node:node /var/lib/threatbrief
COPY --from=build /app/dist ./dist
COPY bin ./bin
COPY data ./data
COPY manifest.json LICENSE README.md ./
COPY teams ./teams
USER node
VOLUME /var/lib/threatbrief
EXPOSE 3978
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/threatbrief.js"]
CMD ["start"]
