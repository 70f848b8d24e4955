// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <utility>
#include <vector>

#include <QByteArray>
#include <QImage>
#include <QString>
#include <QStringList>

#include "ui/figures/figure.h"

namespace ocellus {

/// Rows of words and numbers; the first column's are left, all others right.
struct ReportTable {
    QString caption;
    QStringList columns;
    std::vector<QStringList> rows; ///< as long as `columns`; shorter ones end in empty cells
    std::vector<int> marked;       ///< rows in bold
};

/// Encoded, so that a report of many pictures fits into memory.
struct ReportImage {
    QString caption;
    QByteArray mediaType; ///< "image/png"
    QByteArray bytes;
};

/// As JPEG. Throws Error(Internal) where it cannot be encoded.
ReportImage photograph(const QString& caption, const QImage& image);
/// As PNG: few colours, kept exactly.
ReportImage drawing(const QString& caption, const QImage& image);
/// As SVG, with maps at the resolution of a screen.
ReportImage drawing(const QString& caption, const Figure& figure);

using ReportFacts = std::vector<std::pair<QString, QString>>; ///< name and value: model, SHA-256, layer

/// One picture of a report, or another matter.
struct ReportSection {
    QString title;
    QString verdict;        ///< the sentence that matters most, or empty
    QStringList paragraphs; ///< what was done, and what limits it
    ReportFacts facts;
    std::vector<ReportImage> images;  ///< beside each other
    std::vector<ReportImage> figures; ///< each as wide as the page
    std::vector<ReportTable> tables;
};

/// A piece of work to be read without the program that did it.
struct Report {
    QString title;
    ReportFacts facts;
    std::vector<ReportSection> sections;
};

/// One page that needs no other file: XHTML that browsers read as HTML, figures as SVG and images as PNG or JPEG
/// within, light or dark as the reader's system, and fit to be printed. All text is escaped; characters that XML does
/// not have are left out.
QByteArray htmlOf(const Report& report);

/// Writes htmlOf(), whole or not at all. Throws Error(Unreadable).
void writeReport(const std::filesystem::path& path, const Report& report);

} // namespace ocellus
