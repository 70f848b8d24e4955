// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/image_view.h"

#include <algorithm>

namespace ocellus {

ImageView::ImageView(LinkedView& view, QWidget* parent) : MapTile(view, std::make_shared<ScaledPicture>(), parent)
{
    setExplanation({}, 0);
}

void ImageView::setExplanation(const Explanation& explanation, int head)
{
    const std::vector<TileMap> maps = tileMaps(explanation);
    const auto found = std::ranges::find(maps, head, &TileMap::head);
    if (found != maps.end())
        setMap(explanation, &*found);
    else
        setMap(explanation, maps.empty() ? nullptr : &maps.back());
}

} // namespace ocellus
