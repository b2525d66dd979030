# seqload in a container: docker build -t seqload .
#
#   docker run --rm -e APOLLO_API_KEY -v seqload-state:/var/lib/seqload -v "$PWD:/work" \
#       seqload load leads.csv --yes
#
# The state, which remembers what was sent, lives in the volume; the input is read from /work and
# the reports are written there, so /work must be writable for user 10001 (or run with
# --user "$(id -u)" and a state folder of that user's).

FROM debian:bookworm-slim AS build
WORKDIR /seqload
COPY config/install-deps.sh config/
RUN config/install-deps.sh build
COPY CMakeLists.txt CMakePresets.json ./
COPY config config
COPY include include
COPY src src
RUN cmake --preset release -DBUILD_TESTING=OFF \
    && cmake --build --preset release \
    && cmake --install build/release --prefix /installed/usr --strip

FROM debian:bookworm-slim
COPY config/install-deps.sh /tmp/
RUN /tmp/install-deps.sh runtime \
    && rm -rf /tmp/install-deps.sh /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --home-dir /work --shell /usr/sbin/nologin seqload \
    && install --directory --owner=seqload --group=seqload --mode=0700 /var/lib/seqload \
    && install --directory --owner=seqload --group=seqload /work
COPY --from=build /installed/ /
USER seqload
ENV STATE_DIRECTORY=/var/lib/seqload
VOLUME /var/lib/seqload
WORKDIR /work
ENTRYPOINT ["seqload"]
CMD ["--help"]
