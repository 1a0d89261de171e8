"""Real price series, read from files shipped inside PyPI packages (SOURCES); nothing is downloaded.

A symbol that stands in several files (AAPL, MSFT, IBM and GOOG do) is taken from one of them only, so that no price of
a held-out symbol or year can come back under another file's name.
"""
from __future__ import annotations

import csv
import gzip
import io
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SOURCES = {
    "skfolio (PyPI) sp500_dataset.csv.gz, sp500_index.csv.gz": "20 US stocks + S&P 500, daily 1990-2022",
    "arch (PyPI) nasdaq.csv.gz, wti.csv.gz": "NASDAQ composite 1999-2018, WTI crude 1986-2019, daily",
    "backtesting (PyPI) GOOG.csv, EURUSD.csv, BTCUSD.csv": "GOOG daily 2004-2013, EURUSD hourly 2017-18, BTCUSD monthly",
    "bokeh_sampledata (PyPI) stocks.csv.gz": "IBM daily 2000-2013, FB daily 2012-2013 (its AAPL, MSFT and GOOG duplicate the above)",
}
HELD_OUT = {"AMD", "GE", "JPM", "KO", "LLY", "RRC", "WMT", "GOOG", "FB", "NASDAQ", "EURUSD_H1", "BTCUSD_M"}
SITE_PACKAGES = Path(sysconfig.get_path("purelib"))  # where pip puts the price packages
Row = dict[str, str]


@dataclass
class Series:
    name: str
    dates: np.ndarray  # datetime64[s]
    close: np.ndarray
    held_out: bool     # never used for training, validation or calibration
    kind: str          # stock | index | commodity | fx_hourly | crypto_monthly


def _rows(path: Path) -> list[Row]:
    raw = gzip.open(path, "rb").read() if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


def _date(s: str) -> np.datetime64:
    if "/" in s:
        m, d, y = s.split("/")
        s = f"{int(y):04d}-{int(m):02d}-{int(d):02d}"
    return np.datetime64(s.replace(" ", "T"), "s")


def _series(rows: list[Row], date: str, column: str, name: str, kind: str) -> Series:
    pairs = [(_date(r[date]), float(r[column])) for r in rows if r[column] not in ("", ".", None)]
    pairs = [(d, v) for d, v in pairs if v > 0]
    return Series(name, np.array([d for d, _ in pairs]), np.array([v for _, v in pairs]), name in HELD_OUT, kind)


def load_real(root: Path) -> list[Series]:
    """Every series once; `root` is site-packages or a folder with the unpacked wheels."""
    stocks = _rows(root / "skfolio/datasets/data/sp500_dataset.csv.gz")
    out = [_series(stocks, "Date", name, name, "stock") for name in stocks[0] if name != "Date"]
    out.append(_series(_rows(root / "skfolio/datasets/data/sp500_index.csv.gz"), "Date", "SP500", "SP500", "index"))
    out.append(_series(_rows(root / "arch/data/nasdaq/nasdaq.csv.gz"), "Date", "Close", "NASDAQ", "index"))
    out.append(_series(_rows(root / "arch/data/wti/wti.csv.gz"), "Date", "DCOILWTICO", "WTI", "commodity"))
    for file, name, kind in (("GOOG", "GOOG", "stock"), ("EURUSD", "EURUSD_H1", "fx_hourly"), ("BTCUSD", "BTCUSD_M", "crypto_monthly")):
        out.append(_series(_rows(root / f"backtesting/test/{file}.csv"), "", "Close", name, kind))
    bokeh = _rows(root / "bokeh_sampledata/_data/stocks.csv.gz")
    for name in ("IBM", "FB"):
        out.append(_series([r for r in bokeh if r["Ticker"] == name], "Date", "Adj Close", name, "stock"))
    names = [s.name for s in out]
    if len(set(names)) != len(names):
        raise ValueError(f"a symbol was loaded twice: {sorted(names)}")
    return out
