# seqload in a container: docker build -t seqload .
#
#   docker run --rm --read-only --tmpfs /tmp -e APOLLO_API_KEY -v seqload-state:/var/lib/seqload \
#       -v "$PWD:/work" --user "$(id -u)" seqload load leads.csv --yes
#
# The state, which remembers what was sent, lives in the volume; the input is read from /work and
# the reports are written there, so /work must be writable for the user: 10001, or the one given
# with --user, who then needs a state folder of his own. Nothing else is written, but for a copy of
# standard input in the state's folder.
#
# The image is not made of a Debian with packages, which alone would be 100 MB, but of the files that
# the programs need (config/image-root.sh): under 40 MB, and no package manager to keep up to date.

FROM debian:bookworm-slim AS build
WORKDIR /seqload
COPY config/install-deps.sh config/
RUN config/install-deps.sh build
COPY CMakeLists.txt CMakePresets.json README.md CHANGELOG.md LICENSE ./
COPY config config
COPY include include
COPY samples samples
COPY src src
RUN cmake --preset release -DBUILD_TESTING=OFF \
    && cmake --build --preset release \
    && cmake --install build/release --prefix /installed --strip --component programs

FROM debian:bookworm-slim AS gather
COPY config/install-deps.sh config/image-root.sh /config/
RUN /config/install-deps.sh image
COPY --from=build /installed/ /installed/
RUN /config/image-root.sh /installed /image && mkdir /empty

FROM scratch
COPY --from=gather /image/ /
COPY --from=gather --chown=10001:10001 /empty/ /var/lib/seqload/
COPY --from=gather --chown=10001:10001 /empty/ /work/
USER 10001:10001
ENV PATH=/usr/bin STATE_DIRECTORY=/var/lib/seqload
VOLUME /var/lib/seqload
WORKDIR /work
ENTRYPOINT ["seqload"]
CMD ["--help"]
