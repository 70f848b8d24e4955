// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <utility>

#include "core/base/error.h"
#include "core/data/class_rows.h"
#include "core/data/csv_columns.h"
#include "core/data/name_text.h"
#include "core/data/text_file.h"
#include "core/dataset/dataset_layouts.h"
#include "core/io/text.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t mostBytes = 64 << 20;
constexpr double farthest = 1e6; ///< pixels

/// The lines of one of CUB's files: fields with single spaces between, the last of which may hold spaces itself.
class CubFile {
public:
    CubFile(fs::path path, std::size_t fields) : m_path(std::move(path)), m_fields(fields) {}

    void eachLine(const std::function<void(const std::vector<std::string>&)>& take)
    {
        const TextFile file = readTextFile(m_path, "file of CUB's layout", mostBytes);
        std::string_view rest = file.text;
        for (m_line = 1; !rest.empty(); ++m_line) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            const std::string_view line = trimmed(withoutReturn(rest.substr(0, end)));
            rest.remove_prefix(std::min(end + 1, rest.size()));
            if (!line.empty())
                take(fieldsOf(line));
        }
    }

    int index(const std::string& text) const
    {
        int value = 0;
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (failure != std::errc() || end != text.data() + text.size() || value < 0)
            fail("a whole number of at least 0", text);
        return value;
    }

    double number(const std::string& text) const
    {
        double value = 0;
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (failure != std::errc() || end != text.data() + text.size() || !(std::abs(value) <= farthest))
            fail("a number of pixels", text);
        return value;
    }

    [[noreturn]] void fail(const std::string& expected, const std::string& got) const
    {
        throwBadLine(m_path, m_line, "expected " + expected + ", got \"" + excerpt(got) + "\"");
    }

private:
    static std::string_view withoutReturn(std::string_view line)
    {
        return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
    }

    std::vector<std::string> fieldsOf(std::string_view line) const
    {
        std::vector<std::string> fields;
        while (fields.size() + 1 < m_fields) {
            const std::size_t space = line.find(' ');
            if (space == std::string_view::npos)
                fail(std::to_string(m_fields) + " fields", std::string(line));
            fields.emplace_back(line.substr(0, space));
            line = trimmed(line.substr(space));
        }
        fields.emplace_back(line);
        return fields;
    }

    fs::path m_path;
    std::size_t m_fields;
    std::size_t m_line = 0;
};

/// Reads the files that CUB's layout has, some of which may be missing.
class CubReader {
public:
    explicit CubReader(const fs::path& folder) : m_folder(folder) {}

    LayoutPictures read(const std::stop_token& stop)
    {
        readPictures();
        readClasses();
        if (has("train_test_split.txt"))
            readSplit();
        if (has("bounding_boxes.txt"))
            readBoxes();
        if (has("parts/parts.txt") && has("parts/part_locs.txt"))
            readParts();
        return keepFound(stop);
    }

private:
    bool has(const char* name) const
    {
        std::error_code absent;
        return fs::is_regular_file(m_folder / name, absent);
    }

    void readPictures()
    {
        CubFile file(m_folder / "images.txt", 2);
        file.eachLine([&](const std::vector<std::string>& fields) {
            if (!m_pictures.emplace(file.index(fields[0]), DatasetPicture{}).second)
                file.fail("each number once", fields[0]);
            m_pictures.at(file.index(fields[0])).path = m_folder / "images" / fields[1];
        });
    }

    void readClasses()
    {
        std::map<int, std::string> names;
        if (has("classes.txt")) {
            CubFile file(m_folder / "classes.txt", 2);
            file.eachLine([&](const auto& fields) { names[file.index(fields[0])] = normalised(fields[1]); });
        }
        CubFile file(m_folder / "image_class_labels.txt", 2);
        file.eachLine([&](const std::vector<std::string>& fields) {
            const auto name = names.find(file.index(fields[1]));
            if (!names.empty() && name == names.end())
                file.fail("a class of classes.txt", fields[1]);
            picture(file, fields[0]).className = names.empty() ? fields[1] : name->second;
        });
    }

    void readSplit()
    {
        CubFile file(m_folder / "train_test_split.txt", 2);
        file.eachLine([&](const std::vector<std::string>& fields) {
            if (fields[1] != "0" && fields[1] != "1")
                file.fail("0 or 1", fields[1]);
            picture(file, fields[0]).split = fields[1] == "1" ? PictureSplit::Train : PictureSplit::Val;
        });
        m_result.notes.emplace_back("train_test_split.txt: what it calls test is val here");
    }

    void readBoxes()
    {
        CubFile file(m_folder / "bounding_boxes.txt", 5);
        file.eachLine([&](const std::vector<std::string>& fields) {
            double values[4];
            for (std::size_t i = 0; i < 4; ++i)
                values[i] = file.number(fields[i + 1]);
            const auto [x, y, width, height] = values;
            const auto pixel = [](double value) { return static_cast<int>(std::lround(value)); };
            const PixelBox box{pixel(x), pixel(y), pixel(width), pixel(height)};
            if (box.empty())
                file.fail("a box with an area", fields[3] + " x " + fields[4]);
            picture(file, fields[0]).box = box;
        });
    }

    void readParts()
    {
        std::map<int, std::size_t> indices;
        CubFile names(m_folder / "parts/parts.txt", 2);
        names.eachLine([&](const std::vector<std::string>& fields) {
            if (!indices.emplace(names.index(fields[0]), m_result.parts.size()).second)
                names.fail("each part once", fields[0]);
            m_result.parts.push_back(normalised(fields[1]));
        });
        CubFile file(m_folder / "parts/part_locs.txt", 5);
        file.eachLine([&](const std::vector<std::string>& fields) {
            const auto part = indices.find(file.index(fields[1]));
            if (part == indices.end())
                file.fail("a part of parts.txt", fields[1]);
            const Point place{file.number(fields[2]), file.number(fields[3])};
            if (fields[4] == "1")
                picture(file, fields[0]).parts.push_back({part->second, place});
        });
    }

    DatasetPicture& picture(const CubFile& file, const std::string& number)
    {
        const auto found = m_pictures.find(file.index(number));
        if (found == m_pictures.end())
            file.fail("a picture of images.txt", number);
        return found->second;
    }

    LayoutPictures keepFound(const std::stop_token& stop)
    {
        std::error_code absent;
        for (auto& [number, picture] : m_pictures) {
            if (stop.stop_requested())
                throw Error(ErrorCode::Cancelled, m_folder.string(), "stopped");
            if (picture.className.empty())
                m_result.skipped.add("without a species", picture.path.filename().string());
            else if (!fs::is_regular_file(picture.path, absent))
                m_result.skipped.add("not in the folder", picture.path.filename().string());
            else
                m_result.pictures.push_back(std::move(picture));
        }
        if (m_result.pictures.empty())
            throw Error(ErrorCode::NotFound, (m_folder / "images").string(),
                        "expected the pictures of images.txt, found none of " + std::to_string(m_pictures.size()));
        return std::move(m_result);
    }

    fs::path m_folder;
    std::map<int, DatasetPicture> m_pictures; ///< by CUB's number
    LayoutPictures m_result;
};

} // namespace

bool isCubFolder(const fs::path& folder)
{
    std::error_code absent;
    return fs::is_regular_file(folder / "images.txt", absent) &&
           fs::is_regular_file(folder / "image_class_labels.txt", absent);
}

LayoutPictures readCubFolder(const fs::path& folder, const std::stop_token& stop)
{
    return CubReader(folder).read(stop);
}

} // namespace ocellus
