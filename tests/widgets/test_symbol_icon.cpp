// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdlib>

#include <QGuiApplication>
#include <QPainter>
#include <QPalette>
#include <QTest>

#include "ui/widgets/symbol_icon.h"

using namespace ocellus;

/// Whether one sees which actions can be used, in both themes.
class TestSymbolIcon : public QObject {
    Q_OBJECT

private slots:
    void disabledIsFainter_data()
    {
        QTest::addColumn<QColor>("window");
        QTest::addColumn<QColor>("text");
        QTest::newRow("dark") << QColor(0x2b2d30) << QColor(0xe4e4e4);
        QTest::newRow("light") << QColor(0xf3f3f3) << QColor(0x1a1a1a);
    }

    void disabledIsFainter()
    {
        QFETCH(const QColor, window);
        QFETCH(const QColor, text);
        QPalette palette(text, window, window.lighter(130), window.darker(150), window.darker(115), text, window);
        palette.setColor(QPalette::Disabled, QPalette::ButtonText, Qt::gray);
        QGuiApplication::setPalette(palette);
        const QIcon icon = symbolIcon(":/icons/undo.svg");
        const double enabled = strength(icon, QIcon::Normal, window);
        const double disabled = strength(icon, QIcon::Disabled, window);
        QVERIFY2(disabled > 5 && disabled < 0.6 * enabled, qPrintable(QString("%1 of %2").arg(disabled).arg(enabled)));
    }

private:
    /// The largest difference of any pixel from the window, 0 to 255.
    static double strength(const QIcon& icon, QIcon::Mode mode, const QColor& window)
    {
        QImage image(48, 48, QImage::Format_RGB32);
        image.fill(window);
        QPainter painter(&image);
        icon.paint(&painter, image.rect(), Qt::AlignCenter, mode);
        painter.end();
        int most = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                most = std::max(most, std::abs(qGray(image.pixel(x, y)) - qGray(window.rgb())));
        return most;
    }
};

QTEST_MAIN(TestSymbolIcon)
#include "test_symbol_icon.moc"
