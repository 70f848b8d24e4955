// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "core/io/atomic_file.h"
#include "tests/io/full_disk.h"
#include "tests/support/error_of.h"

using namespace ocellus;
using namespace ocellus::test;
namespace fs = std::filesystem;

namespace {

std::string contentOf(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

/// What takes the place of a file keeps what was special about it.
class TestAtomicFile : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path m_folder;

    void write(const fs::path& path, const std::string& text) const { std::ofstream(path) << text; }

    std::size_t entries() const
    {
        return static_cast<std::size_t>(
            std::distance(fs::recursive_directory_iterator(m_folder), fs::recursive_directory_iterator()));
    }

private slots:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = m_temporary->path().toStdString();
        fs::create_directory(m_folder / "real");
    }

    void refusesWhatIsNoFile_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("a folder") << QStringLiteral("real");
        QTest::newRow("a device") << QStringLiteral("/dev/null");
        QTest::newRow("a link to itself") << QStringLiteral("loop");
        QTest::newRow("no folder") << QStringLiteral("none/file");
    }

    void refusesWhatIsNoFile()
    {
        QFETCH(const QString, path);
        fs::create_symlink("loop", m_folder / "loop");
        const std::size_t before = entries();
        QCOMPARE(errorOf([&] { writeFileAtomically(m_folder / path.toStdString(), "new"); }),
                 std::optional(ErrorCode::Unreadable));
        QCOMPARE(entries(), before);
        QVERIFY(fs::is_character_file("/dev/null"));
    }

    void linksStayAndWhatTheyLeadToIsReplaced()
    {
        write(m_folder / "real" / "file", "old");
        fs::create_symlink("real/file", m_folder / "near");
        fs::create_symlink(m_folder / "near", m_folder / "far");
        fs::create_symlink("real/not yet", m_folder / "dangling");
        writeFileAtomically(m_folder / "far", "new");
        writeFileAtomically(m_folder / "dangling", "first");
        for (const char* name : {"near", "far", "dangling"})
            QVERIFY2(fs::is_symlink(m_folder / name), name);
        QCOMPARE(contentOf(m_folder / "real" / "file"), std::string("new"));
        QCOMPARE(contentOf(m_folder / "real" / "not yet"), std::string("first"));
        QCOMPARE(entries(), std::size_t{6});
    }

    void permissionsStay()
    {
        for (const auto mode : {0600U, 0640U, 0664U, 0444U}) {
            const fs::path path = m_folder / "file";
            fs::remove(path);
            write(path, "old");
            fs::permissions(path, fs::perms(mode));
            writeFileAtomically(path, "new");
            QCOMPARE(static_cast<unsigned>(fs::status(path).permissions()), mode);
            QCOMPARE(contentOf(path), std::string("new"));
        }
    }

    void aFullDiskLeavesTheFileBefore()
    {
        write(m_folder / "real" / "file", "old");
        fs::create_symlink("real/file", m_folder / "link");
        {
            const FullDisk full(10);
            QCOMPARE(errorOf([&] { writeFileAtomically(m_folder / "link", std::string(100, 'x')); }),
                     std::optional(ErrorCode::Unreadable));
        }
        QCOMPARE(contentOf(m_folder / "link"), std::string("old"));
        QCOMPARE(entries(), std::size_t{3});
    }
};

QTEST_APPLESS_MAIN(TestAtomicFile)
#include "test_atomic_file.moc"
