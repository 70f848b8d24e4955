// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include <QListWidget>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QStyleOptionSlider>
#include <QStyleOptionViewItem>
#include <QTest>

#include "ui/style/window_style.h"

using namespace ocellus;

/// Whether flat controls can still be used: parts where the mouse expects them, also at the ends of their ranges.
class TestWindowStyle : public QObject {
    Q_OBJECT

private slots:
    void partsOfAScrollBar_data()
    {
        QTest::addColumn<int>("minimum");
        QTest::addColumn<int>("maximum");
        QTest::addColumn<int>("page");
        QTest::addColumn<int>("value");
        QTest::addColumn<int>("length");
        QTest::newRow("nothing to scroll") << 0 << 0 << 10 << 0 << 200;
        QTest::newRow("no page") << 0 << 10 << 0 << 5 << 200;
        QTest::newRow("nothing at all") << 0 << 0 << 0 << 0 << 200;
        QTest::newRow("all integers") << std::numeric_limits<int>::min() + 1 << std::numeric_limits<int>::max() << 1
                                      << 0 << 200;
        QTest::newRow("shorter than a handle") << 0 << 100 << 10 << 100 << 9;
        QTest::newRow("at its end") << 0 << 100 << 10 << 100 << 200;
        QTest::newRow("in its middle") << 0 << 100 << 10 << 50 << 200;
    }

    void partsOfAScrollBar()
    {
        QFETCH(const int, minimum);
        QFETCH(const int, maximum);
        QFETCH(const int, page);
        QFETCH(const int, value);
        QFETCH(const int, length);
        WindowStyle style;
        for (const Qt::Orientation orientation : {Qt::Horizontal, Qt::Vertical}) {
            QStyleOptionSlider option;
            option.orientation = orientation;
            option.rect = orientation == Qt::Horizontal ? QRect(3, 5, length, 12) : QRect(3, 5, 12, length);
            option.minimum = minimum;
            option.maximum = maximum;
            option.pageStep = page;
            option.sliderPosition = value;
            const auto part = [&](QStyle::SubControl which) {
                return style.subControlRect(QStyle::CC_ScrollBar, &option, which, nullptr);
            };
            const QRect handle = part(QStyle::SC_ScrollBarSlider);
            QVERIFY2(option.rect.contains(handle), qPrintable(QString("%1").arg(handle.width())));
            QCOMPARE(part(QStyle::SC_ScrollBarGroove), option.rect);
            QVERIFY(part(QStyle::SC_ScrollBarAddLine).isEmpty());
            QVERIFY(!part(QStyle::SC_ScrollBarSubPage).intersects(handle));
            QVERIFY(!part(QStyle::SC_ScrollBarAddPage).intersects(handle));
        }
    }

    void aPageIsAClickAway()
    {
        QScrollBar bar(Qt::Vertical);
        bar.setStyle(&m_style);
        bar.setRange(0, 100);
        bar.setPageStep(20);
        bar.resize(12, 300);
        bar.show();
        QVERIFY(QTest::qWaitForWindowExposed(&bar));
        QTest::mouseClick(&bar, Qt::LeftButton, {}, {6, 290});
        QCOMPARE(bar.value(), 20);
        QTest::mouseClick(&bar, Qt::LeftButton, {}, {6, 2});
        QCOMPARE(bar.value(), 0);
    }

    void focusIsSeen()
    {
        QWidget window;
        QPushButton button("Start", &window);
        button.setStyle(&m_style);
        QPushButton other("Other", &window);
        other.move(0, 60);
        window.resize(200, 120);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.activateWindow();
        other.setFocus();
        const QImage without = button.grab().toImage();
        button.setFocus();
        QTRY_VERIFY(button.hasFocus());
        QVERIFY(button.grab().toImage() != without);
    }

    void focusIsSeenOnAChosenRow()
    {
        QListWidget list;
        list.setStyle(&m_style);
        list.addItems({"one", "two"});
        list.setCurrentRow(0);
        QImage with(120, 24, QImage::Format_RGB32), without = with;
        for (const bool hasFocus : {false, true}) {
            QStyleOptionViewItem option;
            option.initFrom(&list);
            option.widget = &list;
            option.rect = with.rect();
            option.palette = list.palette();
            option.features = QStyleOptionViewItem::HasDisplay;
            option.text = QStringLiteral("one");
            option.state = QStyle::State_Enabled | QStyle::State_Active | QStyle::State_Selected;
            if (hasFocus)
                option.state |= QStyle::State_HasFocus;
            QImage& image = hasFocus ? with : without;
            image.fill(Qt::white);
            QPainter painter(&image);
            m_style.drawControl(QStyle::CE_ItemViewItem, &option, &painter, &list);
        }
        QVERIFY(with != without);
    }

    void symbolsAreThere_data()
    {
        QTest::addColumn<QStyle::StandardPixmap>("symbol");
        QTest::newRow("close") << QStyle::SP_TitleBarCloseButton;
        QTest::newRow("float") << QStyle::SP_TitleBarNormalButton;
        QTest::newRow("information") << QStyle::SP_MessageBoxInformation;
        QTest::newRow("warning") << QStyle::SP_MessageBoxWarning;
        QTest::newRow("error") << QStyle::SP_MessageBoxCritical;
        QTest::newRow("question") << QStyle::SP_MessageBoxQuestion;
    }

    void symbolsAreThere()
    {
        QFETCH(const QStyle::StandardPixmap, symbol);
        const QImage image = m_style.standardIcon(symbol, nullptr, nullptr).pixmap(24, 24).toImage();
        QVERIFY(!image.isNull());
        int seen = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                seen += qAlpha(image.pixel(x, y)) > 128;
        QVERIFY2(seen > 20, qPrintable(QString::number(seen)));
    }

private:
    WindowStyle m_style;
};

QTEST_MAIN(TestWindowStyle)
#include "test_window_style.moc"
