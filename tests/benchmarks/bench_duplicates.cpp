// SPDX-License-Identifier: GPL-3.0-or-later
// How many planted near-duplicates are found among the pictures of a folder, and how many others are: bench_duplicates
// FOLDER SCRATCH [PLANTS] [SEED]. Plants are copies of pictures drawn at random: every fifth is resized, recompressed,
// cropped by 5 % of each side's length, mirrored, or all of these at once. They are written to SCRATCH, read as files,
// and compared with all others. What else is found is listed, to be judged by eye.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/random.h"
#include "core/data/image_folder.h"
#include "core/dataset/dataset_opening.h"
#include "core/dataset/examination.h"

namespace ocellus {
namespace {

namespace fs = std::filesystem;

enum Kind { Resized, Recompressed, Cropped, Mirrored, Everything, Kinds };
constexpr const char* kindNames[] = {"resized", "recompressed", "cropped", "mirrored", "all at once"};

/// 5 % of the width and of the height are cut off, shared between the two sides at random.
cv::Mat croppedRandomly(const cv::Mat& picture, RandomStream& random)
{
    constexpr double share = 0.05;
    const int width = static_cast<int>(picture.cols * (1 - share));
    const int height = static_cast<int>(picture.rows * (1 - share));
    return picture({random.below(picture.cols - width + 1), random.below(picture.rows - height + 1), width, height})
        .clone();
}

void plant(const fs::path& from, const fs::path& to, int kind, RandomStream& random)
{
    cv::Mat picture = cv::imread(from.string());
    if (kind == Cropped || kind == Everything)
        picture = croppedRandomly(picture, random);
    if (kind == Mirrored || kind == Everything)
        cv::flip(picture, picture, 1);
    if (kind == Resized || kind == Everything) {
        const double scale = random.uniform(0.4, 1.6);
        cv::resize(picture, picture, {}, scale, scale * random.uniform(0.97, 1.03), cv::INTER_AREA);
    }
    const int quality = kind == Recompressed || kind == Everything ? 30 + random.below(40) : 92;
    cv::imwrite(to.string(), picture, {cv::IMWRITE_JPEG_QUALITY, quality});
}

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

int run(const fs::path& folder, const fs::path& scratch, int plants, std::uint64_t seed)
{
    const ImageListing listing = listImages(folder);
    RandomStream random(seed);
    std::set<std::size_t> chosen;
    while (static_cast<int>(chosen.size()) < plants)
        chosen.insert(static_cast<std::size_t>(random.below(static_cast<int>(listing.images.size()))));
    Dataset dataset;
    for (const ImageFile& image : listing.images)
        dataset.pictures.emplace_back().path = image.path;
    fs::create_directories(scratch);
    std::map<int, std::pair<int, int>> origins; // of a plant: its original and its kind
    int kind = 0;
    for (const std::size_t original : chosen) {
        const fs::path path = scratch / (std::to_string(original) + "-" + std::to_string(kind) + ".jpg");
        plant(listing.images[original].path, path, kind, random);
        origins[static_cast<int>(dataset.pictures.size())] = {static_cast<int>(original), kind};
        dataset.pictures.emplace_back().path = path;
        kind = (kind + 1) % Kinds;
    }

    const auto start = std::chrono::steady_clock::now();
    Examination examined = examine(dataset);
    const double all = secondsSince(start);
    std::vector<Fingerprint> fingerprints;
    for (const ExaminedPicture& picture : examined.pictures)
        fingerprints.push_back(picture.fingerprint);
    const auto comparing = std::chrono::steady_clock::now();
    findNearDuplicates(fingerprints);
    const double compare = secondsSince(comparing);

    std::map<int, std::pair<int, int>> found; // by kind: found, of
    std::map<int, int> group;
    const std::vector<std::vector<int>> groups = groupsOf(examined.nearDuplicates, dataset.pictures.size());
    for (std::size_t i = 0; i < groups.size(); ++i)
        for (const int picture : groups[i])
            group[picture] = static_cast<int>(i) + 1;
    int hits = 0;
    for (const auto& [planted, origin] : origins) {
        const bool hit = group[planted] != 0 && group[planted] == group[origin.first];
        hits += hit;
        found[origin.second].first += hit;
        ++found[origin.second].second;
        if (!hit) {
            const auto& a = fingerprints[static_cast<std::size_t>(planted)];
            const auto& b = fingerprints[static_cast<std::size_t>(origin.first)];
            const bool mirrored = origin.second == Mirrored || origin.second == Everything;
            std::printf("missed %s %s: waves %.3f aligned %.3f\n", kindNames[origin.second],
                        dataset.pictures[static_cast<std::size_t>(origin.first)].path.c_str(),
                        static_cast<double>(mirrored ? waveLikeness(a, b).mirrored : waveLikeness(a, b).upright),
                        alignedLikeness(a, b, mirrored));
        }
    }
    int others = 0;
    for (const NearDuplicate& pair : examined.nearDuplicates) {
        const auto planted = origins.find(pair.second);
        if (planted != origins.end() && planted->second.first == pair.first)
            continue;
        ++others;
        std::printf("other %.3f%s %s %s\n", pair.likeness, pair.mirrored ? " mirrored" : "",
                    dataset.pictures[static_cast<std::size_t>(pair.first)].path.c_str(),
                    dataset.pictures[static_cast<std::size_t>(pair.second)].path.c_str());
    }
    for (const auto& [which, counts] : found)
        std::printf("%s: %d of %d\n", kindNames[which], counts.first, counts.second);
    std::printf("found %d of %d planted among %zu pictures; %d other pairs; %.1f s, of which %.1f s to compare\n", hits,
                plants, listing.images.size(), others, all, compare);
    return 0;
}

} // namespace
} // namespace ocellus

int main(int argc, char** argv)
{
    if (argc < 3) {
        std::fprintf(stderr, "bench_duplicates FOLDER SCRATCH [PLANTS] [SEED]\n");
        return 2;
    }
    try {
        return ocellus::run(argv[1], argv[2], argc > 3 ? std::atoi(argv[3]) : 100,
                            argc > 4 ? std::strtoull(argv[4], nullptr, 10) : 1);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench_duplicates: %s\n", error.what());
        return 1;
    }
}
