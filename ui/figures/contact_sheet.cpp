// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/contact_sheet.h"

#include <cmath>

#include <QCoreApplication>

#include "core/base/error.h"
#include "ui/figures/figure_page.h"

namespace ocellus {

namespace {

constexpr int columns = 3;
constexpr double gap = 6;
constexpr double line = 9.5;                    ///< height of a line of text, in points
constexpr double thumbnail = 84;                ///< side of the square in which a picture is shown
constexpr double pairWidth = 2 * thumbnail + 2; ///< two points between before and after
constexpr double pairHeight = thumbnail + 3 * line;
constexpr int thumbnailPixels = 350; ///< of `thumbnail` points at 300 dpi

/// Lays the pairs out in points and paints them.
class Sheet {
    Q_DECLARE_TR_FUNCTIONS(ocellus::ContactSheet)

public:
    explicit Sheet(const ContactSheet& sheet) : m_sheet(sheet) {}

    QSizeF size() const;
    void paint(QPainter& painter) const;

private:
    int rows() const { return static_cast<int>((m_sheet.entries.size() + columns - 1) / columns); }
    static void paintPair(QPainter& painter, const QPointF& corner, const ContactSheetEntry& entry);
    static void paintPicture(QPainter& painter, const QRectF& room, const QImage& picture);

    const ContactSheet& m_sheet;
};

constexpr double top = FigurePage::margin + 18;

QSizeF Sheet::size() const
{
    return {2 * FigurePage::margin + columns * pairWidth + (columns - 1) * 2 * gap,
            top + rows() * (pairHeight + gap) + 2 * line + FigurePage::margin};
}

void Sheet::paint(QPainter& painter) const
{
    const double width = size().width() - 2 * FigurePage::margin;
    FigurePage::text(painter, QRectF(FigurePage::margin, FigurePage::margin, width, 16),
                     FigurePage::font(FigurePage::headingSize, true), m_sheet.title);
    for (std::size_t i = 0; i < m_sheet.entries.size(); ++i) {
        const int place = static_cast<int>(i);
        paintPair(painter,
                  QPointF(FigurePage::margin + place % columns * (pairWidth + 2 * gap),
                          top + place / columns * (pairHeight + gap)),
                  m_sheet.entries[i]);
    }
    FigurePage::text(painter, QRectF(FigurePage::margin, top + rows() * (pairHeight + gap) + gap, width, line),
                     FigurePage::font(FigurePage::smallSize), m_sheet.madeBy);
}

void Sheet::paintPicture(QPainter& painter, const QRectF& room, const QImage& picture)
{
    const QSizeF size = QSizeF(picture.size()).scaled(room.size(), Qt::KeepAspectRatio);
    painter.drawImage(QRectF(room.center() - QPointF(size.width() / 2, size.height() / 2), size), picture);
}

void Sheet::paintPair(QPainter& painter, const QPointF& corner, const ContactSheetEntry& entry)
{
    const QRectF before(corner, QSizeF(thumbnail, thumbnail));
    const QRectF after = before.translated(thumbnail + 2, 0);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    paintPicture(painter, before, entry.before);
    paintPicture(painter, after, entry.after);
    if (entry.flipped) {
        painter.setPen(QPen(QColor(0xc0, 0x30, 0x20), 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(after);
    }
    const QFont small = FigurePage::font(FigurePage::smallSize);
    const QRectF words(corner.x(), before.bottom() + 1, pairWidth, line);
    FigurePage::text(painter, words, small, entry.name);
    FigurePage::text(painter, words.translated(0, line), small, entry.answerBefore);
    FigurePage::text(painter, words.translated(0, 2 * line), FigurePage::font(FigurePage::smallSize, entry.flipped),
                     entry.flipped ? tr("flipped: %1").arg(entry.answerAfter) : tr("after: %1").arg(entry.answerAfter));
}

} // namespace

QString answerText(const QString& className, double probability)
{
    return QStringLiteral("%1 %2 %").arg(className).arg(100 * probability, 0, 'f', 1);
}

QImage sheetThumbnail(const Picture& picture)
{
    const QImage shared(picture.rgb.data(), picture.size.width, picture.size.height,
                        static_cast<qsizetype>(picture.size.width) * 3, QImage::Format_RGB888);
    const QSize size = shared.size().boundedTo(
        shared.size().scaled(thumbnailPixels, thumbnailPixels, Qt::KeepAspectRatio).expandedTo(QSize(1, 1)));
    return size == shared.size() ? shared.copy() : shared.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

Figure figureOf(const ContactSheet& sheet)
{
    if (sheet.entries.empty() || sheet.entries.size() > entriesPerSheet)
        throw Error(ErrorCode::BadArgument, "contact sheet",
                    "expected 1 to " + std::to_string(entriesPerSheet) + " pictures, got " +
                        std::to_string(sheet.entries.size()));
    return {sheet.title, Sheet(sheet).size(), [sheet](QPainter& painter, double) { Sheet(sheet).paint(painter); }};
}

} // namespace ocellus
