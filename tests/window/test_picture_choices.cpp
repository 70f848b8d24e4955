// SPDX-License-Identifier: GPL-3.0-or-later
#include <QBuffer>
#include <QColorSpace>
#include <QImage>
#include <QSpinBox>
#include <QtTest>

#include "tests/image/picture_bytes.h"
#include "tests/window/window_fixture.h"
#include "ui/engine/paths.h"
#include "ui/figures/provenance.h"
#include "ui/panels/pictures_panel.h"
#include "ui/widgets/state_chips.h"
#include "ui/window/central_view.h"
#include "ui/window/heads_page.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

constexpr int patience = 60'000;

QByteArray jpegOf(QImage picture, QColorSpace::NamedColorSpace space = QColorSpace::SRgb)
{
    picture.setColorSpace(space);
    QByteArray content;
    QBuffer buffer(&content);
    if (!buffer.open(QIODevice::WriteOnly) || !picture.save(&buffer, "JPG", 95))
        qFatal("cannot encode");
    return content;
}

} // namespace

/// What a file is beside its pixels, as the window shows it: damage, pages, ranges, profiles.
class TestPictureChoices : public QObject {
    Q_OBJECT

private slots:
    void init();
    void showsDamagedPicturesWithAMark();
    void turnsPages();
    void scalesDeepPictures();
    void namesProfiles();

private:
    /// Opens a file as the last one of the list and waits for its maps.
    bool open(const QString& path);
    Document& document() { return m_fixture->document(); }
    StateChips& chips() { return *m_fixture->window().centre().heads()->chips(); }
    QString notices() { return m_fixture->answer().explanation().notices.join("; "); }

    std::unique_ptr<WindowFixture> m_fixture;
};

void TestPictureChoices::init()
{
    if (m_fixture)
        m_fixture->restart();
    else
        m_fixture = std::make_unique<WindowFixture>();
    QVERIFY(m_fixture->openAll());
}

bool TestPictureChoices::open(const QString& path)
{
    m_fixture->window().pictures().open({toPath(path)});
    return QTest::qWaitFor([&] { return document().pictures().path(document().currentPicture()) == toPath(path); },
                           patience) &&
           m_fixture->settle();
}

void TestPictureChoices::showsDamagedPicturesWithAMark()
{
    const QByteArray jpeg = jpegOf(QImage(m_fixture->picture(0)));
    QVERIFY(open(m_fixture->write("half.jpg", jpeg.left(jpeg.size() / 2) + bytes("\xFF\xD9", 2))));
    QCOMPARE(notices(), QString("damaged file"));
    QVERIFY2(m_fixture->message().contains("half.jpg: damaged"), qPrintable(m_fixture->message()));
    const std::vector<CsvColumn> columns = provenanceOf(m_fixture->answer().explanation());
    QVERIFY(std::ranges::any_of(columns, [](const CsvColumn& column) { return column.value == "damaged file"; }));
    // The next picture has nothing of it.
    document().setCurrentPicture(0);
    QVERIFY(m_fixture->settle());
    QCOMPARE(notices(), QString());
}

void TestPictureChoices::turnsPages()
{
    const QString file =
        m_fixture->write("pages.tif", tiffOf({{40, 30, QByteArray(1200, 'a'), 1}, {50, 30, QByteArray(1500, 'b'), 1}}));
    QVERIFY(open(file));
    QCOMPARE(notices(), QString("page 1 of 2"));
    QCOMPARE(m_fixture->answer().picture().original.width(), 40);
    auto* box = m_fixture->window().findChild<PicturesPanel*>()->findChild<QSpinBox*>();
    QTRY_VERIFY(box->maximum() == 2);
    const int before = document().pictures().rowCount();
    box->setValue(2);
    QTRY_COMPARE(document().pictures().rowCount(), before + 1);
    QVERIFY(m_fixture->settle());
    QCOMPARE(toQString(document().pictures().path(document().currentPicture())), file + "[2]");
    QCOMPARE(m_fixture->answer().picture().original.width(), 50);
    QCOMPARE(notices(), QString("page 2 of 2"));
    // And back, to the picture that was there.
    QTRY_COMPARE(box->value(), 2);
    box->setValue(1);
    QTRY_COMPARE(toQString(document().pictures().path(document().currentPicture())), file);
    QCOMPARE(document().pictures().rowCount(), before + 1);
}

void TestPictureChoices::scalesDeepPictures()
{
    std::vector<quint16> samples;
    for (int i = 0; i < 40 * 30; ++i)
        samples.push_back(static_cast<quint16>(i * 3 % 4096));
    QVERIFY(open(m_fixture->write("deep.png", deepPng(40, 30, samples))));
    QCOMPARE(notices(), QString("16 bits, nearly black"));
    QVERIFY2(m_fixture->message().contains("choose a range such as auto"), qPrintable(m_fixture->message()));
    const QRgb dark = m_fixture->answer().picture().original.pixel(39, 29);
    m_fixture->settings().setValue(Setting::SampleRange, "auto");
    QVERIFY(m_fixture->settle());
    QCOMPARE(notices(), QString("samples 0 to 4095"));
    QVERIFY(qRed(m_fixture->answer().picture().original.pixel(39, 29)) > 10 * qRed(dark));
    // Its chip takes the choice back.
    chips().removed("fact samples 0 to 4095");
    QVERIFY(m_fixture->settle());
    QCOMPARE(m_fixture->settings().text(Setting::SampleRange), QString("full"));
    QCOMPARE(notices(), QString("16 bits, nearly black"));
    QVERIFY(!chips().chips().front().isRemovable);
}

void TestPictureChoices::namesProfiles()
{
    QVERIFY(open(m_fixture->write("p3.jpg", jpegOf(QImage(m_fixture->picture(0)), QColorSpace::DisplayP3))));
    QCOMPARE(notices(), QString("Display P3 colours as stored"));
    QCOMPARE(m_fixture->message(), QString()); // no number is in doubt
    QCOMPARE(chips().chips().size(), 1);
    QCOMPARE(chips().chips().front().text, notices());
    QVERIFY(!chips().chips().front().isRemovable); // nobody chose that
    m_fixture->settings().setValue(Setting::ConvertToSrgb, true);
    QVERIFY(m_fixture->settle());
    QCOMPARE(chips().chips().front().text, QString("Display P3 colours as sRGB"));
    chips().removed("fact Display P3 colours as sRGB");
    QVERIFY(chips().chips().front().isLeaving);
    QVERIFY(m_fixture->settle());
    QVERIFY(!m_fixture->settings().boolean(Setting::ConvertToSrgb));
    QCOMPARE(notices(), QString("Display P3 colours as stored"));
}

QTEST_MAIN(TestPictureChoices)
#include "test_picture_choices.moc"
