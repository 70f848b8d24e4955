// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/symbol_icon.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>

namespace ocellus {

namespace {

class SymbolEngine : public QIconEngine {
public:
    explicit SymbolEngine(const QString& file) : m_file(file), m_shape(file) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatio();
        painter->drawPixmap(rect, pixmap(rect.size() * ratio, mode, state));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override
    {
        const bool isDisabled = mode == QIcon::Disabled;
        QColor colour =
            QGuiApplication::palette().color(isDisabled ? QPalette::Disabled : QPalette::Active, QPalette::ButtonText);
        // Lines are thinner than letters, and what can be clicked has to look so beside what cannot.
        colour.setAlphaF(isDisabled ? 0.6F : 0.8F);
        const QString key = QStringLiteral("%1 %2x%3 %4")
                                .arg(m_file, QString::number(size.width()), QString::number(size.height()),
                                     colour.name(QColor::HexArgb));
        QPixmap tinted;
        if (QPixmapCache::find(key, &tinted))
            return tinted;
        tinted = QPixmap(size);
        tinted.fill(Qt::transparent);
        QPainter painter(&tinted);
        m_shape.paint(&painter, tinted.rect());
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(tinted.rect(), colour);
        painter.end();
        QPixmapCache::insert(key, tinted);
        return tinted;
    }

    QIconEngine* clone() const override { return new SymbolEngine(*this); }

private:
    QString m_file;
    QIcon m_shape;
};

} // namespace

QIcon symbolIcon(const QString& file)
{
    return QIcon(new SymbolEngine(file));
}

} // namespace ocellus
