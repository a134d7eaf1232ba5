# The tools of the lock build the environment; the image itself carries only what the bot imports.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /tools \
    && /tools/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY pyproject.toml ./
RUN python -m venv --without-pip /opt/bap \
    && /tools/bin/uv pip install --no-cache --compile-bytecode --python /opt/bap/bin/python \
        --constraint requirements.lock --requirement pyproject.toml
COPY . ./
RUN /tools/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
    && /tools/bin/uv pip install --no-cache --offline --no-deps --python /opt/bap/bin/python /wheels/*.whl

FROM python:3.13-slim
ENV PATH=/opt/bap/bin:$PATH PYTHONUNBUFFERED=1
RUN useradd --system --home-dir /srv/bap --create-home bap && install --directory --mode 700 --owner bap /srv/bap/data
COPY --from=build /opt/bap /opt/bap
WORKDIR /srv/bap
USER bap
VOLUME /srv/bap/data
CMD ["bap", "run"]
