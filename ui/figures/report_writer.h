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

struct ReportImage {
    QString caption;
    QImage image;
    bool isDrawing = false; ///< few colours, kept exactly; else a photograph
};

struct ReportFigure {
    QString caption;
    Figure figure;
};

/// One picture of a report, or another matter.
struct ReportSection {
    QString title;
    QString verdict;        ///< the sentence that matters most, or empty
    QStringList paragraphs; ///< what was done, and what limits it
    std::vector<ReportImage> images;
    std::vector<ReportFigure> figures;
    std::vector<ReportTable> tables;
};

/// A piece of work to be read without the program that did it.
struct Report {
    QString title;
    std::vector<std::pair<QString, QString>> facts; ///< name and value: model, SHA-256, layer, mode
    std::vector<ReportSection> sections;
};

/// One page that needs no other file: XHTML that browsers read as HTML, figures as SVG and images as PNG or JPEG
/// within, light or dark as the reader's system, and fit to be printed. All text is escaped; characters that XML does
/// not have are left out. Throws Error(Internal) where an image cannot be encoded.
QByteArray htmlOf(const Report& report);

/// Writes htmlOf(), whole or not at all. Throws the same error, and Error(Unreadable).
void writeReport(const std::filesystem::path& path, const Report& report);

} // namespace ocellus
