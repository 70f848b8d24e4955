// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/examination.h"

#include <cstdlib>
#include <exception>
#include <utility>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/work_on_all.h"
#include "core/image/decode.h"

namespace ocellus {

namespace {

/// Share of the time that reading takes; comparing takes the rest.
constexpr double readingShare = 0.9;

/// True where red, green and blue differ by no more than rounding of JPEG makes.
bool isGrey(const Picture& picture)
{
    constexpr int rounding = 3;
    for (std::size_t i = 0; i + 2 < picture.rgb.size(); i += 3)
        if (std::abs(picture.rgb[i] - picture.rgb[i + 1]) > rounding ||
            std::abs(picture.rgb[i + 1] - picture.rgb[i + 2]) > rounding)
            return false;
    return true;
}

ExaminedPicture examined(DatasetPicture& picture)
{
    ExaminedPicture result;
    try {
        const DecodedPicture decoded = decodeWithFacts(picture.path);
        const std::string sha256 = sha256OfFile(picture.path);
        result.isChanged = !picture.sha256.empty() && picture.sha256 != sha256;
        result.remark = remarkText(decoded.facts);
        result.isGrey = isGrey(decoded.picture);
        result.fingerprint = fingerprintOf(decoded.picture);
        picture.size = decoded.picture.size;
        picture.sha256 = sha256;
        picture.bytes = std::filesystem::file_size(picture.path);
    } catch (const Error& error) {
        result.unreadable = error.detail();
    } catch (const std::exception& failure) {
        result.unreadable = failure.what();
    }
    return result;
}

Progress partOf(const Progress& progress, double from, double share)
{
    return Progress(progress.stopToken(), [&progress, from, share](Stage stage, double fraction) {
        progress.at(stage, from + share * fraction);
    });
}

} // namespace

Examination examine(Dataset& dataset, const Progress& progress)
{
    Examination result;
    result.pictures.resize(dataset.pictures.size());
    workOnAll(
        dataset.pictures.size(), [&](std::size_t i) { result.pictures[i] = examined(dataset.pictures[i]); },
        Stage::Read, partOf(progress, 0, readingShare));
    std::vector<Fingerprint> fingerprints;
    fingerprints.reserve(result.pictures.size());
    for (const ExaminedPicture& picture : result.pictures)
        fingerprints.push_back(picture.fingerprint);
    result.nearDuplicates = findNearDuplicates(fingerprints, partOf(progress, readingShare, 1 - readingShare));
    return result;
}

} // namespace ocellus
