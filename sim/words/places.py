"""Chinese for grids taken from a map."""

from __future__ import annotations

CHINESE = {
    # what an outline must be like
    "{count} corners; an outline has at most {most}: simplify it": "有 {count} 个顶点；一个轮廓最多 {most} 个：请简化",
    "the outline crosses itself, or a hole or part lies wrongly; draw each ring once round its area": "轮廓自相交，或孔洞、部件位置有误；每个环请只绕其区域一周",
    "{text} is no outline; write POLYGON ((east north, ...)) or MULTIPOLYGON (((east north, ...)))": "{text} 不是轮廓；请写 POLYGON ((经度 纬度, ...)) 或 MULTIPOLYGON (((经度 纬度, ...)))",
    "a ring has {count} positions; it needs at least 4, the last equal to the first": "环只有 {count} 个位置；至少需要 4 个，且末个与首个相同",
    "a ring is not closed: it begins at {first} and ends at {last}; repeat its first position at its end": "环未闭合：起点为 {first}，终点为 {last}；请在末尾重复首个位置",
    "{spot} lies outside the globe; allowed: longitude -180 to 180 first, then latitude -90 to 90, in degrees": "{spot} 不在地球范围内；可取：先经度 -180 至 180，后纬度 -90 至 90，单位为度",
    "a ring goes round no area; give it at least three corners": "环没有围出面积；请至少给出三个顶点",
    # what must hold between the grids of a map
    "grids {rows} have the same name {name}; give each its own": "第 {rows} 个网格（grids）同名 {name}；请各取其名",
    "grids: {name} is the name of a {kind} and of a {other}; names of places must differ": "grids：{name} 既是{kind}名又是{other}名；地点名称不得重复",
    "grids: community {name} lies in the subdistricts {first} and {second}; it can lie in one only": "grids：社区 {name} 同时属于街道 {first} 和 {second}；只能属于一个",
    "grids: {grid} names the neighbour {name}, which is no other grid of the map": "grids：{grid} 所写的相邻网格 {name} 不是图中的其他网格",
    "grids: community {name} has {count} households; it needs at least {least}": "grids：社区 {name} 只有 {count} 户；至少需要 {least} 户",
    "grids: the map reaches latitude {value:.4g}; allowed: -80 to 80": "grids：地图到达纬度 {value:.4g}；可取 -80 至 80",
    "grids: the map spans {width:.4g} degrees of longitude and {height:.4g} of latitude; a district is no larger than {most:g} degrees (about 170 km)": "grids：地图跨经度 {width:.4g} 度、纬度 {height:.4g} 度；一个区不超过 {most:g} 度（约 170 公里）",
    "grids {first} and {second} overlap: about {share:.0%} of the first lies in the second": "网格（grids）{first} 与 {second} 重叠：前者约 {share:.0%} 落在后者之内",
    "grids and zones exclude each other; empty one of them": "grids 与 zones 不能并存；请清空其一",
    "{key} {value} is not what the map in `grids` has, {count}; leave it out, or write {count}": "{key} {value} 与 `grids` 地图中的 {count} 不符；请删去，或写 {count}",
    # reading a GeoJSON file
    "{count} corners; a map has at most {most}: simplify its outlines": "共有 {count} 个顶点；一张地图最多 {most} 个：请简化轮廓",
    "the map has {size:,} bytes and at most {most:,} are read; simplify its outlines, or cut it into districts": "地图有 {size:,} 字节，最多读取 {most:,} 字节；请简化轮廓，或按区拆分",
    "this is not JSON: {problem}; export the map as GeoJSON": "不是 JSON：{problem}；请把地图导出为 GeoJSON",
    "brackets too deep": "括号嵌套过深",
    "the key {key} stands twice in one object": "同一对象中键 {key} 出现两次",
    "{value} is no number of JSON": "{value} 不是 JSON 的数",
    "type: {value} is no map of grids; allowed: FeatureCollection": "type：{value} 不是网格地图；可取 FeatureCollection",
    "features: the map holds no grid; allowed: a list of at least one Feature": "features：地图中没有网格；应为至少含一个 Feature 的列表",
    "features: {count} grids; at most {most} are allowed": "features：有 {count} 个网格；最多 {most} 个",
    "communities: {value} is no list of names; write the names of the communities, or leave it out": "communities：{value} 不是名称列表；请写社区名称，或删去",
    "crs: {value} is another reference system; allowed: WGS 84 in degrees (EPSG:4326, CRS84)": "crs：{value} 是其他坐标系；可取：以度为单位的 WGS 84（EPSG:4326、CRS84）",
    "{value} is no grid; allowed: Feature": "{value} 不是网格；可取 Feature",
    "{value} is no mapping; allowed: {keys}": "{value} 不是键值表；可用的键：{keys}",
    "unknown community {name}; allowed: {known}": "未知社区 {name}；可取 {known}",
    "{value} is no area; allowed: Polygon, MultiPolygon": "{value} 不是面；可取 Polygon、MultiPolygon",
    "coordinates: the {kind} is empty; draw its outline": "coordinates：{kind} 为空；请画出轮廓",
    "coordinates: {value} is no list of rings or positions": "coordinates：{value} 不是环或位置的列表",
    "coordinates: {value} is no position; allowed: [longitude, latitude] in degrees": "coordinates：{value} 不是位置；可取 [经度, 纬度]，单位为度",
    # meanings of keys
    "grids of a map, used instead of grown communities": "地图上的网格，代替生成的社区",
    "name of the grid": "网格名称",
    "community in which it lies": "所属社区",
    "subdistrict of that community": "该社区所属街道",
    "households in the grid": "网格内的户数",
    "length of the patrol round; none: by the homes, as in a grown grid": "巡查一圈的长度；不写：按住户分布计算，与生成的网格相同",
    "names of the grids next to it; none: those with a stretch of outline in common": "相邻网格的名称；不写：有一段共同轮廓的网格",
    "polygon in degrees (WGS 84, longitude first), as well-known text": "以度为单位的多边形（WGS 84，经度在前），用 WKT 文本表示",
}
