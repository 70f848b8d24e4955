// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QList>
#include <QPainter>
#include <QRectF>
#include <QString>
#include <QTextLayout>

#include "ui/figures/plate.h"

namespace ocellus {

/// Words of a figure for a paper, some of them italic or bold, in one size, wrapped into a width. Nothing is cut off
/// but what is too much for the lines that there may be: the last of them ends with an ellipsis then.
class PlateText {
public:
    /// Class names in `names` lose their index and become italic as `options` say.
    PlateText(const PlateOptions& options, const std::vector<PlateName>& names);

    void add(const QString& words, bool isBold = false);
    /// Not before the first words.
    void addSpace();
    bool isEmpty() const { return m_text.isEmpty(); }

    /// Points; 0 for no words.
    double height(double width, int mostLines) const;
    /// Of all in one line.
    double width() const;
    void paint(QPainter& painter, const QPointF& topLeft, double width, int mostLines,
               Qt::Alignment alignment = Qt::AlignLeft) const;

    static QFont font(const PlateOptions& options);

private:
    void append(const QString& words, bool isBold, bool isItalic);
    /// `cut` letters of the text, or all with -1.
    void layOut(QTextLayout& layout, double width, Qt::Alignment alignment, qsizetype cut) const;
    /// How many letters and an ellipsis fill the lines; -1 where all of them fit.
    qsizetype cutFor(double width, int mostLines) const;

    const PlateOptions& m_options;
    const std::vector<PlateName>& m_names;
    QFont m_font;
    QString m_text;
    QList<QTextLayout::FormatRange> m_formats;
};

} // namespace ocellus
