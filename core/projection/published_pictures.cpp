// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/projection/published_pictures.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "core/image/png_encoder.h"
#include "core/io/atomic_file.h"
#include "core/io/npy_writer.h"

namespace ocellus {
namespace {

constexpr std::size_t columnsOfBox = 6;

void writePng(const std::filesystem::path& path, const Picture& picture)
{
    const std::vector<std::uint8_t> bytes = encodedPng(picture);
    writeFileAtomically(path, std::as_bytes(std::span(bytes)));
}

} // namespace

PublishedBoxes::PublishedBoxes(int prototypes)
    : m_table{prototypes, columnsOfBox,
              std::vector<std::int64_t>(static_cast<std::size_t>(prototypes) * columnsOfBox, -1)}
{
}

void PublishedBoxes::set(int prototype, std::int64_t picture, const PixelBox& box, int classIndex)
{
    const std::array<std::int64_t, columnsOfBox> row{picture, box.top, box.bottom(), box.left, box.right(), classIndex};
    std::ranges::copy(row, m_table.values.begin() + static_cast<std::ptrdiff_t>(columnsOfBox) * prototype);
}

void PublishedBoxes::write(const std::filesystem::path& path) const
{
    writeNpyTable(path, m_table);
}

PublishedPictures::PublishedPictures(std::filesystem::path folder, const TreeConfig* tree)
    : m_folder(std::move(folder)),
      m_isTree(tree != nullptr)
{
    if (!tree)
        return;
    for (const TreeNode& node : tree->nodes)
        if (!node.isLeaf())
            m_nodeOf[node.prototype] = node.index;
}

void PublishedPictures::write(int prototype, const Picture& seen, const PixelBox& box) const
{
    const std::string number = std::to_string(m_isTree ? m_nodeOf.at(prototype) : prototype);
    writePng(m_folder / (m_isTree ? number + "_original_image.png" : "prototype-img-original" + number + ".png"), seen);
    writePng(m_folder / (m_isTree ? number + "_nearest_patch_of_image.png" : "prototype-img" + number + ".png"),
             cropped(seen, box));
}

} // namespace ocellus
