"""Coverage records drawn at random, and one in full."""

from hypothesis import strategies as st

from openslate.apps.press.records.record import Image, Provider, Record, Related

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff"), max_size=40)
TITLES = TEXTS.filter(bool)
NAMES = TITLES.filter(lambda text: text.strip() != "")
LINES = st.lists(TEXTS, max_size=3).flatmap(
    lambda parts: st.sampled_from(("\n", "\r\n", "")).map(lambda end: end.join(parts))
)
MOMENTS = st.datetimes().map(lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ")).filter(lambda text: len(text) == 20)
URLS = st.builds(
    "{}://{}/{}".format,
    st.sampled_from(("http", "https")),
    st.sampled_from(("a.org", "www.b-c.example", "news.d.example")),
    st.text('abcXYZ019-_?&=%#/."\\', max_size=30),
)
KINDS = st.sampled_from(("article", "video"))
PIXELS = st.integers(1, 9_999)
LOGOS = st.builds(Image, URLS, PIXELS, PIXELS).map(lambda one: (one,))
IMAGES = st.builds(Image, URLS, PIXELS, PIXELS, st.booleans()).map(lambda one: (one,))
DOMAINS = st.sampled_from(("a.org", "b-c.example", "news.d.example"))
PROVIDERS = st.builds(Provider, NAMES, DOMAINS, st.just(()) | LOGOS)
RELATED = st.builds(
    Related,
    title=TITLES,
    excerpt=LINES,
    published_at=MOMENTS,
    web_url=URLS,
    type=KINDS,
    provider=st.builds(Provider, NAMES, DOMAINS),
    quality=st.integers(0, 300),
    amp_url=st.just("") | URLS,
    cdn_amp_url=st.just("") | URLS,
    images=st.just(()) | IMAGES,
)
RECORDS = st.builds(
    Record,
    title=TITLES,
    excerpt=LINES,
    published_at=MOMENTS,
    original_url=URLS,
    provider=PROVIDERS,
    topics=st.lists(NAMES, min_size=1, max_size=3).map(tuple),
    secured=TITLES,
    type=KINDS,
    quality=st.integers(0, 300),
    heat=st.integers(-1, 500),
    published=st.booleans(),
    web_url=st.just("") | URLS,
    amp_url=st.just("") | URLS,
    cdn_amp_url=st.just("") | URLS,
    featured_content=st.just("") | TITLES,
    images=st.just(()) | IMAGES,
    related=st.lists(RELATED, max_size=3).map(tuple),
    line_end=st.sampled_from(("\n", "\r\n")),
)

FULL = """---
category: news
title: "Harbour Lights wraps after 61 days, and “nobody slept”"
excerpt: "The crew of \\"Harbour Lights\\" went home on Friday.\\nThe lighthouse stays."
publishedDateTime: 2027-05-14T19:06:00Z
originalUrl: "https://www.slate.example/harbour?a=1&b=2"
webUrl: "https://www.slate.example/harbour?a=1&b=2"
ampWebUrl: "https://amp.slate.example/harbour"
cdnAmpWebUrl: "https://amp-slate-example.cdn.ampproject.org/c/s/amp.slate.example/harbour"
type: article
quality: 47
heat: -1
published: false

provider:
  name: The Slate
  domain: slate.example
  images:
    - url: "https://press.example/logos/slate.example-50x50.jpg"
      width: 50
      height: 50

topics:
  - Productions
  - Film and TV

images:
  - url: "https://img.slate.example/harbour.jpg?w=1200"
    width: 1200
    height: 800
    isCached: true

related:
  - title: "What the lighthouse saw: 61 days of rain"
    excerpt: "It rained."
    publishedDateTime: 2027-05-15T08:00:00Z
    webUrl: "https://daily.example/rain"
    type: article
    provider:
      name: Daily
      domain: daily.example
    quality: 59
    images:
      - url: "https://daily.example/rain.jpg"
        width: 620
        height: 372
        isCached: true
  - title: "Keeper's daughter speaks"
    excerpt: ""
    publishedDateTime: 2027-05-16T08:00:00Z
    webUrl: "https://daily.example/speaks"
    type: video
    provider:
      name: Daily
      domain: daily.example
    quality: 39

secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
---

"""
