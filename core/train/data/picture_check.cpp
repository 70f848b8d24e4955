// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/data/picture_check.h"

#include <cstddef>
#include <exception>

#include "core/base/hash.h"
#include "core/base/work_on_all.h"

namespace ocellus {

namespace {

std::optional<Error> check(TrainingPicture& picture)
{
    try {
        picture.size = shownPicture(picture).size;
        picture.sha256 = sha256OfFile(picture.path);
        return std::nullopt;
    } catch (const Error& error) {
        return error;
    } catch (const std::exception& failure) {
        return Error(ErrorCode::Unreadable, picture.path.string(), failure.what());
    }
}

} // namespace

std::vector<std::optional<Error>> checkPictures(const std::vector<TrainingPicture*>& pictures, const Progress& progress)
{
    std::vector<std::optional<Error>> errors(pictures.size());
    workOnAll(
        pictures.size(), [&](std::size_t i) { errors[i] = check(*pictures[i]); }, Stage::Read, progress);
    return errors;
}

} // namespace ocellus
