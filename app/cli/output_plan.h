// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/data/image_folder.h"
#include "core/edit/pixel_box.h"

namespace ocellus {

/// Where the results of one picture go.
struct PlannedPicture {
    std::filesystem::path input;
    std::string label;          ///< the picture's name in results: its path below the folder, or its file name
    std::filesystem::path base; ///< <out>/<folder>/<stem>, or <out>/<folder>/<name.ext> where another has that stem
    std::optional<PixelBox> crop = {}; ///< the part that is shown to the model; the whole picture without one

    /// `<base>.npz`
    std::filesystem::path arrays() const;
    /// `<base>.png` for the first class of the query, `<base>.<class index>.png` for further ones; or another format.
    std::filesystem::path figure(std::size_t position, int classIndex, const std::string& format) const;
    /// `<base>.<class index>.sources.png`
    std::filesystem::path sourceFigure(int classIndex, const std::string& format) const;
};

/// True where `inner` is `outer` or lies below it, links followed as far as the paths exist.
bool liesWithin(const std::filesystem::path& inner, const std::filesystem::path& outer);

/// A picture given by its own path: its results lie directly in the output folder.
ImageFile singlePicture(const std::filesystem::path& path);

/// The pictures below `folder`, without those in `out`, which are an earlier run's results when it lies below.
/// Throws what listImages throws; BadArgument where `out` is the folder itself; NotFound where no picture is there.
ImageListing picturesToExplain(const std::filesystem::path& folder, const std::filesystem::path& out,
                               const std::stop_token& stop = {});

/// Keeps the pictures' sub-folders under `out`. Pictures that would write one file by their stems (a.jpg and a.jpeg, or
/// a.jpg and a.17.jpg, whose results are called like a further class of the first) keep their endings.
/// Throws Error(BadArgument) where two pictures have one name all the same, or a result would replace a picture.
std::vector<PlannedPicture> planOutputs(const std::vector<ImageFile>& pictures, const std::filesystem::path& out);

/// Makes the folder and those above it where they are not there. Throws Error(Unreadable).
void createFolder(const std::filesystem::path& folder);

} // namespace ocellus
