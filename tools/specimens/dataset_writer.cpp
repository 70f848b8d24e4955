// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/specimens/dataset_writer.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <exception>
#include <fstream>
#include <mutex>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "tools/specimens/close_ups.h"
#include "tools/specimens/specimen_json.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

constexpr int mostPerSpecies = 9999; // the names have four digits
constexpr int mostThreads = 64;
constexpr int jpegQuality = 92;
constexpr const char* closeUpFolder = "close-ups";

void requireWithin(const std::string& option, int low, int high, int value)
{
    if (value < low || value > high)
        throw Error(ErrorCode::BadArgument, option,
                    "expected " + std::to_string(low) + " to " + std::to_string(high) + ", got " +
                        std::to_string(value));
}

/// A data set among other files, or two mixed, would train on pictures that nobody asked for.
void requireEmpty(const fs::path& out)
{
    if (out.empty())
        throw Error(ErrorCode::BadArgument, "out", "expected a folder, got an empty name");
    std::error_code failure;
    const fs::file_status status = fs::status(out, failure);
    if (status.type() == fs::file_type::not_found)
        return;
    if (status.type() != fs::file_type::directory)
        throw Error(ErrorCode::BadArgument, out.string(), "expected a folder, got something else");
    fs::directory_iterator entry(out, failure);
    if (failure)
        throw Error(ErrorCode::Unreadable, out.string(), "cannot be listed: " + failure.message());
    if (entry == fs::directory_iterator())
        return;
    const bool isWhole = fs::exists(out / "species.json", failure);
    const bool isOurs = isWhole || fs::exists(out / "rings.csv", failure);
    throw Error(ErrorCode::BadArgument, out.string(),
                "expected a new or empty folder, got " +
                    (isWhole  ? std::string("one with a data set of specimens")
                     : isOurs ? std::string("one with an unfinished data set of specimens")
                              : "one that holds " + entry->path().filename().string()),
                isOurs ? "Remove it, or name another folder" : "Name another folder");
}

void createFolder(const fs::path& folder)
{
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure)
        throw Error(ErrorCode::Unreadable, folder.string(), "cannot be made: " + failure.message());
}

/// Not synced to the disk one by one, which would take as long as drawing: species.json, the last file, says that all
/// the others are there.
void writeFile(const fs::path& path, std::string_view bytes)
{
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file)
        throw Error(ErrorCode::Unreadable, path.string(),
                    "cannot be written: " + std::generic_category().message(errno));
}

void writeEncoded(const fs::path& path, const cv::Mat& image, const std::vector<int>& settings)
{
    std::vector<std::uint8_t> bytes;
    if (!cv::imencode(path.extension().string(), image, bytes, settings))
        throw Error(ErrorCode::Internal, path.string(), "the picture could not be encoded");
    writeFile(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

void writePicture(const fs::path& path, const Picture& picture)
{
    const cv::Mat rgb(picture.size.height, picture.size.width, CV_8UC3, const_cast<std::uint8_t*>(picture.rgb.data()));
    cv::Mat bgr;
    cv::cvtColor(rgb, bgr, cv::COLOR_RGB2BGR);
    writeEncoded(path, bgr, {cv::IMWRITE_JPEG_QUALITY, jpegQuality});
}

void writeMask(const fs::path& path, const std::vector<std::uint8_t>& mask, int side)
{
    writeEncoded(path, cv::Mat(side, side, CV_8UC1, const_cast<std::uint8_t*>(mask.data())), {});
}

std::string numberText(int index)
{
    const std::string digits = std::to_string(index + 1);
    return std::string(4 - std::min<std::size_t>(digits.size(), 4), '0') + digits;
}

} // namespace

DatasetWriter::DatasetWriter(DatasetOptions options)
    : m_options(std::move(options)),
      m_species(speciesList(m_options.species))
{
    requireWithin("train", 0, mostPerSpecies, m_options.train);
    requireWithin("val", 0, mostPerSpecies, m_options.val);
    requireWithin("redrawn", 0, m_options.val, m_options.redrawn);
    requireWithin("size", smallestSpecimenSide, largestSpecimenSide, m_options.side);
    requireWithin("threads", 1, mostThreads, m_options.threads);
    requireEmpty(m_options.out);
    planJobs();
    if (m_jobs.empty())
        throw Error(ErrorCode::BadArgument, "train", "expected at least one picture in train or val, got none");
}

void DatasetWriter::planJobs()
{
    const auto plan = [this](Split split, int count, bool isRedrawn) {
        for (int species = 0; species < m_options.species; ++species)
            for (int index = 0; index < count; ++index)
                m_jobs.push_back({{m_options.seed, split, species, index}, isRedrawn});
    };
    plan(Split::Train, m_options.train, false);
    plan(Split::Val, m_options.val, false);
    plan(Split::Val, m_options.redrawn, true);
}

std::string DatasetWriter::nameOf(int species) const
{
    return m_species[static_cast<std::size_t>(species)].name;
}

void DatasetWriter::makeFolders() const
{
    const std::array<std::pair<const char*, int>, 3> splits = {
        {{"train", m_options.train}, {"val", m_options.val}, {"redrawn", m_options.redrawn}}};
    for (const auto& [split, count] : splits)
        for (const Species& species : m_species)
            for (const char* parent : {"", "masks", "parameters"})
                if (count > 0)
                    createFolder(m_options.out / parent / split / species.name);
    if (!m_options.closeUps)
        return;
    for (const char* split : {"train", "val"})
        for (const Species& species : m_species)
            createFolder(m_options.out / closeUpFolder / split / species.name);
}

std::string DatasetWriter::draw(const Job& job) const
{
    const Individual individual = makeIndividual(job.origin);
    const Species& species = m_species[static_cast<std::size_t>(job.origin.species)];
    const Specimen specimen = drawSpecimen(individual, species.marks, m_options.side);
    const fs::path stem = fs::path(toString(job.origin.split)) / species.name / numberText(job.origin.index);
    writePicture(m_options.out / (stem.string() + ".jpg"), specimen.picture);
    writeMask(m_options.out / "masks" / (stem.string() + ".png"), specimen.marks, m_options.side);
    writeFile(m_options.out / "parameters" / (stem.string() + ".json"),
              parametersJson(individual, specimen, m_species, job.origin.species));
    if (m_options.closeUps)
        writeCloseUps(individual, specimen);
    return stem.string();
}

void DatasetWriter::writeCloseUps(const Individual& individual, const Specimen& specimen) const
{
    const Origin& origin = individual.origin;
    int number = 0;
    for (const CloseUp& closeUp : closeUpsOf(individual, specimen, origin.species)) {
        const std::string name =
            nameOf(origin.species) + "-" + numberText(origin.index) + "-" + std::to_string(++number) + ".jpg";
        writePicture(m_options.out / closeUpFolder / toString(origin.split) / nameOf(closeUp.species) / name,
                     closeUp.picture);
    }
}

std::string DatasetWriter::drawRedrawn(const Job& job) const
{
    const Individual individual = makeIndividual(job.origin);
    const Species& species = m_species[static_cast<std::size_t>(job.origin.species)];
    const int partner = ringPartner(job.origin.species);
    const Specimen before = drawSpecimen(individual, species.marks, m_options.side);
    const Specimen after = drawSpecimen(individual, m_species[static_cast<std::size_t>(partner)].marks, m_options.side);
    const fs::path stem =
        fs::path("redrawn") / species.name / (numberText(job.origin.index) + ".as." + nameOf(partner));
    writePicture(m_options.out / (stem.string() + ".jpg"), after.picture);
    writeMask(m_options.out / "masks" / (stem.string() + ".png"), changedPixels(before.picture, after.picture),
              m_options.side);
    writeFile(m_options.out / "parameters" / (stem.string() + ".json"),
              parametersJson(individual, after, m_species, partner));
    return stem.string();
}

void DatasetWriter::write(const std::stop_token& stop, const Report& report) const
{
    makeFolders();
    std::string rings = "species,ring\n";
    for (const Species& species : m_species)
        rings += species.name + "," + ringDesigns()[static_cast<std::size_t>(species.ring)].name + "\n";
    writeFileAtomically(m_options.out / "rings.csv", rings);

    std::atomic<std::size_t> next = 0;
    std::atomic<bool> isOver = false;
    std::mutex mutex;
    std::size_t done = 0;
    std::exception_ptr failure;
    const auto work = [&] {
        for (std::size_t i = next++; i < m_jobs.size() && !isOver && !stop.stop_requested(); i = next++) {
            try {
                const std::string name = m_jobs[i].isRedrawn ? drawRedrawn(m_jobs[i]) : draw(m_jobs[i]);
                const std::lock_guard lock(mutex);
                report(++done, name);
            } catch (...) {
                const std::lock_guard lock(mutex);
                isOver = true;
                failure = std::current_exception();
            }
        }
    };
    {
        std::vector<std::jthread> threads;
        for (int i = 1; i < m_options.threads; ++i)
            threads.emplace_back(work);
        work();
    }
    if (failure)
        std::rethrow_exception(failure);
    if (stop.stop_requested())
        throw Error(ErrorCode::Cancelled, m_options.out.string(),
                    "stopped after " + std::to_string(done) + " of " + std::to_string(m_jobs.size()) + " pictures");
    writeFileAtomically(m_options.out / "species.json", speciesJson(m_species, m_options.seed, m_options.side));
}

} // namespace ocellus
